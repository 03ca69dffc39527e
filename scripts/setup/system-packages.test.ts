/** Which package manager installs what, on machines that we do not have. */
import { expect, test } from 'vitest';
import { type Facts, PACKAGE_MANAGERS, planInstallation } from './system-packages.mjs';

const machine = (commands: readonly string[], facts: Partial<Facts> = {}): Facts => ({
  has: (command) => commands.includes(command),
  isRoot: false,
  canSudo: async () => false,
  osRelease: '',
  ...facts,
});

test('root on Debian renews the lists and installs without sudo', async () => {
  const plan = await planInstallation('ffmpeg', machine(['apt-get', 'sudo'], { isRoot: true }));
  expect(plan).toMatchObject({ manager: 'apt-get' });
  const commands = 'commands' in plan ? plan.commands.map((command) => command.join(' ')) : [];
  expect(commands).toHaveLength(2);
  expect(commands[0]).toMatch(/^apt-get .*update$/);
  expect(commands[1]).toMatch(/^apt-get .*install -y --no-install-recommends ffmpeg$/);
});

test('a user with passwordless sudo installs through it, and no question reaches apt-get', async () => {
  const plan = await planInstallation('ffmpeg', machine(['apt-get', 'sudo'], { canSudo: async () => true }));
  const commands = 'commands' in plan ? plan.commands : [];
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    expect(command.slice(0, 5)).toEqual(['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']);
  }
});

test('without rights nothing is tried, and the reason is said', async () => {
  for (const commands of [['apt-get'], ['apt-get', 'sudo']]) {
    expect(await planInstallation('ffmpeg', machine(commands))).toEqual({
      hindrance: 'apt-get needs root to install ffmpeg',
    });
  }
});

test('sudo is not asked where it does not matter', async () => {
  const canSudo = (): never => {
    throw new Error('asked');
  };
  await planInstallation('ffmpeg', machine(['apt-get', 'sudo'], { isRoot: true, canSudo }));
  await planInstallation('ffmpeg', machine(['brew', 'sudo'], { canSudo }));
  await planInstallation('ffmpeg', machine(['dnf'], { canSudo }));
});

test.each(PACKAGE_MANAGERS.map(({ name }) => name))('%s installs both programs', async (name) => {
  for (const program of ['ffmpeg', 'chromium'] as const) {
    const plan = await planInstallation(program, machine([name, 'sudo'], { canSudo: async () => true }));
    expect(plan).toMatchObject({ manager: name });
  }
});

test('brew never runs as root, and never through sudo', async () => {
  const asRoot = await planInstallation('ffmpeg', machine(['brew', 'sudo'], { isRoot: true }));
  expect(asRoot).toHaveProperty('hindrance');
  const asUser = await planInstallation('ffmpeg', machine(['brew', 'sudo'], { canSudo: async () => true }));
  expect(asUser).toMatchObject({ commands: [['brew', 'install', '--quiet', 'ffmpeg']] });
});

test("Ubuntu's chromium is no chromium, its ffmpeg is one; Debian's are both", async () => {
  const ubuntu = machine(['apt-get'], {
    isRoot: true,
    osRelease: 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n',
  });
  expect(await planInstallation('chromium', ubuntu)).toHaveProperty('hindrance');
  expect(await planInstallation('ffmpeg', ubuntu)).toHaveProperty('commands');
  const mint = machine(['apt-get'], { isRoot: true, osRelease: 'ID=linuxmint\nID_LIKE="ubuntu debian"\n' });
  expect(await planInstallation('chromium', mint)).toHaveProperty('hindrance');
  const debian = machine(['apt-get'], { isRoot: true, osRelease: 'ID=debian\nHOME_URL="not ubuntu"\n' });
  expect(await planInstallation('chromium', debian)).toHaveProperty('commands');
});

test('a machine without any of them says so', async () => {
  expect(await planInstallation('ffmpeg', machine(['sudo'], { canSudo: async () => true }))).toEqual({
    hindrance: 'there is no package manager that set-up knows',
  });
});
