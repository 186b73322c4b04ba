import { Command } from 'commander';
import { backup, restore } from './cli/backup.ts';
import { createAdmin } from './cli/create-admin.ts';
import { doctor } from './cli/doctor.ts';
import { fail, serve } from './cli/serve.ts';
import { configFromEnvironment } from './config.ts';
import { version } from './operations/version.ts';

const program = new Command('assay')
  .description('A/B tests and feature flags. Settings come from the environment: server/README.md.')
  .version(version);

program.command('serve').description('Run the server').action(serve);
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

await program.parseAsync().catch(fail);
