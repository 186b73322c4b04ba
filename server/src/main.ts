import { fail, serve } from './cli/serve.ts';

await serve().catch(fail);
