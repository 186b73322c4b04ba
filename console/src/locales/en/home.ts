import { count } from '../../lib/i18n.ts';

export const home = {
  title: 'Home',
  hello: 'From a hypothesis to a decision',
  intro:
    'Four steps lead to your first result. Take them in any order; the demo shows how it looks.',
  steps: {
    demo: {
      title: 'See a live experiment',
      text: 'A demo shop with simulated visitors, in an environment of its own. It never mixes with your data.',
      go: 'Start the demo',
      open: 'Open its readout',
    },
    connect: {
      title: 'Connect your app',
      text: 'A key, a few lines of code, and the first event appears here within seconds.',
      go: 'Connect',
      done: (n: number) => `${count(n, 'event name')} seen`,
    },
    flag: {
      title: 'Make a flag',
      text: 'A switch with variants: what differs between the groups of a test.',
      go: 'New flag',
      done: (n: number) => count(n, 'flag'),
    },
    plan: {
      title: 'Plan a test',
      text: 'How many users and how many days until a lift that matters would show.',
      go: 'Open the planner',
      setup: 'New experiment',
      done: (n: number) => count(n, 'experiment'),
    },
  },
  step: (n: number) => `Step ${n}`,
  done: 'Done',
  demo: {
    title: 'Demo data',
    running: (speed: string) => `Running at ${speed}`,
    paused: 'Paused',
    realTime: 'real time',
    dayPer: (seconds: string) => `1 day per ${seconds} s`,
    visitors: (n: string) => `${n} visitors`,
    days: (n: string) => `day ${n}`,
    speed: 'Speed',
    pause: 'Pause',
    resume: 'Go on',
    open: 'Open readout',
    remove: 'Remove demo',
    removeTitle: 'Remove the demo?',
    removeText:
      'Its environment, flag, experiment, metrics and all its events are deleted. Your own data is not touched.',
    keep: 'Keep it',
    removed: 'The demo is gone.',
  },
  needs: {
    title: 'Running now',
    note: (environment: string) => `in ${environment}`,
    all: 'All experiments',
    none: 'Nothing runs here yet.',
    day: (day: string) => `day ${day}`,
  },
  events: {
    title: 'Events, last 28 days',
    none: 'No events yet. Connect an app to see them arrive.',
    last: (ago: string) => `last event ${ago}`,
    live: 'Live events',
    chart: (days: string, total: string) => `Events a day over ${days} days, ${total} in all`,
  },
};
