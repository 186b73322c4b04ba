import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '../contract/common.ts';
import type { Output, Parsed, RouteKey } from '../contract/routes.ts';

/** Who calls. Nobody signed in is an actor too, without a role. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'anonymous';
  readonly id: string;
  /** As history shows it: the e-mail of a person, the name of a token. */
  readonly name: string;
  readonly role: Role | null;
}

/** What a handler may need besides its parsed input. `req` and `res` are for streams, uploads, files and cookies only. */
export interface Call {
  readonly actor: Actor;
  /** The revision of If-Match, where one was sent. */
  readonly ifMatch: number | undefined;
  readonly requestId: string;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export type Handler<K extends RouteKey> = (input: Parsed<K>, call: Call) => Promise<Output<K>>;
/** A room's share of the route map. The binder refuses to start while any route has no handler. */
export type Handlers<K extends RouteKey = RouteKey> = { readonly [P in K]: Handler<P> };

/** Milliseconds since the epoch: an argument everywhere, so that every number can be reproduced. */
export type Clock = () => number;
/** `bytes` random bytes. */
export type Random = (bytes: number) => Uint8Array;
