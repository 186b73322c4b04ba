export type * from './accounts.ts';
export type * from './calculator.ts';
export type { Json, Problem, Role } from './common.ts';
export type * from './definitions.ts';
export type * from './looking.ts';
export type * from './planning.ts';
export type * from './readout.ts';
export type { Access, RouteDef } from './route.ts';
export type { Input, Output, Parsed, RouteKey, Routes } from './routes.ts';
