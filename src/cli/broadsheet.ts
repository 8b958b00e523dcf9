import { printable } from './printable.ts';
import { sentenceOf } from './sentence-of.ts';

/** One file a command: what it says of itself, and what it does. `run` answers the exit status. */
interface Command {
	help: string;
	run: (args: string[]) => Promise<number>;
}

const COMMANDS: Record<string, { about: string; load: () => Promise<Command> }> = {
	serve: { about: 'serve the pages, and work the queue', load: () => import('./serve.ts') },
	work: { about: 'work the queue, beside a server', load: () => import('./work.ts') },
	migrate: { about: 'bring the database to this version', load: () => import('./migrate.ts') },
	import: { about: 'take in papers and featured days from files', load: () => import('./import.ts') },
	search: { about: 'search the papers', load: () => import('./search.ts') },
	backup: { about: 'copy everything into a file, or check such a file', load: () => import('./backup.ts') },
	restore: { about: 'restore a backup into an empty database', load: () => import('./restore.ts') },
	move: { about: 'copy everything to a PostgreSQL server', load: () => import('./move.ts') }
};

const HELP = `broadsheet: daily papers of your own

${Object.entries(COMMANDS)
	.map(([name, { about }]) => `  broadsheet ${name.padEnd(8)} ${about}`)
	.join('\n')}

  broadsheet COMMAND --help says more. Settings are environment variables: docs/configuration.md.
`;

async function main([name = '', ...args]: string[]): Promise<number> {
	if (['', 'help', '--help', '-h'].includes(name)) {
		process.stdout.write(HELP);
		return 0;
	}
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command) {
		process.stderr.write(`There is no command “${printable(name)}”.\n\n${HELP}`);
		return 1;
	}
	const { help, run } = await command.load();
	if (args.includes('--help') || args.includes('-h')) {
		process.stdout.write(help);
		return 0;
	}
	return run(args);
}

/** Whoever reads what is printed may have enough of it, as `head` does. */
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
	if (fault.code !== 'EPIPE') throw fault;
	process.exit(0);
});

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
	process.stderr.write(`broadsheet: ${sentenceOf(fault)}\n`);
	process.exitCode = 1;
}
