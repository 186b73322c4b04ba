import { Command } from 'commander';
import { backup, restore } from './cli/backup.ts';
import { calibrate, type CalibrateFlags } from './cli/calibrate.ts';
import { createAdmin } from './cli/create-admin.ts';
import { doctor } from './cli/doctor.ts';
import { importFile, type ImportFlags } from './cli/import.ts';
import { fail, serve, serveDemo } from './cli/serve.ts';
import { verify } from './cli/verify.ts';
import { configFromEnvironment } from './config.ts';
import { version } from './operations/version.ts';

const program = new Command('assay')
  .description('A/B tests and feature flags. Settings come from the environment: server/README.md.')
  .version(version);

program
  .command('serve')
  .description('Run the server')
  .action(async () => {
    await serve();
  });
program
  .command('demo')
  .description('Run the server with a simulated shop in an environment of its own')
  .option('--speed <seconds>', 'simulated seconds a second', Number)
  .action(({ speed }: { speed?: number }) => serveDemo(speed));
program
  .command('import <file>')
  .description(
    'Send a CSV or NDJSON file to a running server; sent again it goes on where it stopped',
  )
  .requiredOption('--environment <key>', 'whose events they are')
  .option('--url <url>', 'the server, unless it is the one of these settings')
  .option('--token <token>', 'an API token of an editor, unless ASSAY_ADMIN_TOKEN is set')
  .option('--format <format>', 'csv or ndjson, unless the name of the file tells')
  .option('--experiment <key>', 'whose exposures a file with variants holds')
  .option('--unit-type <type>', 'userId unless told')
  .option('--at <time>', 'when the units of a file without times were exposed, ISO 8601')
  .option(
    '--map <json>',
    'what the columns of a CSV mean, as JSON or @file: see /api/docs, ColumnMap',
  )
  .option('--id <name>', 'names the import, so that it can go on; the name of the file unless told')
  .action((file: string, flags: ImportFlags) => importFile(configFromEnvironment(), file, flags));
program
  .command('backup <folder>')
  .description('Copy everything into a new folder, also while the server runs')
  .action((folder: string) => backup(configFromEnvironment(), folder));
program
  .command('restore <folder>')
  .description('Make the (empty) data folder what a backup holds')
  .action((folder: string) => restore(configFromEnvironment(), folder));
program
  .command('create-admin <email>')
  .description('Add an admin; the password is asked for, piped in, or ASSAY_ADMIN_PASSWORD')
  .option('--name <name>', 'as people read it', '')
  .action((email: string, { name }: { name: string }) =>
    createAdmin(configFromEnvironment(), email, name),
  );
program
  .command('doctor')
  .description('Look at the machine, the data folder and the server')
  .action(async () => {
    process.exitCode = (await doctor(configFromEnvironment())) ? 0 : 1;
  });
program
  .command('calibrate [metrics...]')
  .description(
    'Split the own units of a running server at random: does each metric’s test hold its level?',
  )
  .option('--url <url>', 'the server, unless it is the one of these settings')
  .option('--token <token>', 'an API token of an analyst, unless ASSAY_ADMIN_TOKEN is set')
  .option('--environment <key>', 'production unless told')
  .action(async (metrics: string[], flags: CalibrateFlags) => {
    process.exitCode = (await calibrate(configFromEnvironment(), metrics, flags)) ? 0 : 1;
  });
program
  .command('verify <file>')
  .description('Recompute every figure of a readout exported as JSON, without a database')
  .action(async (file: string) => {
    process.exitCode = (await verify(file)) ? 0 : 1;
  });

await program.parseAsync().catch(fail);
