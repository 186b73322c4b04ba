/** The palette's keys, as this machine's keyboard names them. */
export const paletteKeys = navigator.userAgent.includes('Mac') ? '⌘K' : 'Ctrl K';

/** The pages by name; `jump` is the key after `g` that leads there. */
export const pageLinks = [
  { id: 'home', to: '/', jump: 'h' },
  { id: 'experiments', to: '/experiments', jump: 'e' },
  { id: 'planner', to: '/planner', jump: 'p' },
  { id: 'flags', to: '/flags', jump: 'f' },
  { id: 'segments', to: '/audiences', jump: 'a' },
  { id: 'metrics', to: '/metrics', jump: 'm' },
  { id: 'live', to: '/live', jump: 'l' },
  { id: 'lookup', to: '/lookup', jump: 'u' },
  { id: 'connect', to: '/connect', jump: 'c' },
  { id: 'settings', to: '/settings', jump: 's' },
] as const;
