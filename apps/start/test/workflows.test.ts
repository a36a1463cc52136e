import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { registerLogger, validate } from "@actions/languageservice";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
}

interface Job {
  "timeout-minutes"?: number;
  permissions?: Record<string, string>;
  steps: Step[];
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { scripts, packageManager } = JSON.parse(await readFile(`${root}/package.json`, "utf8"));
const texts = new Map<string, string>();
for (const file of await readdir(`${root}/.github/workflows`)) {
  texts.set(file, await readFile(`${root}/.github/workflows/${file}`, "utf8"));
}

// The linter catches its own failures and then finds nothing.
const fail = (message: string) => {
  throw new Error(message);
};
registerLogger({ error: fail, warn: fail, info: fail, log: fail });

/** What is wrong with a workflow: what GitHub's own linter finds, and where our rules for workflows are broken. */
async function problems(file: string, text: string): Promise<string[]> {
  // The linter keeps what it has parsed, by address.
  const document = TextDocument.create(`file:///repository/.github/workflows/${file}`, "yaml", 0, text);
  const found = (await validate(document)).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);

  // A tag can be moved to other code, a commit can't.
  for (const [, action] of text.matchAll(/uses: *(.*)/g)) {
    if (!/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action!)) found.push(`${action} is not pinned`);
  }

  const workflow: Workflow = parse(text);
  // It would run with the rights of this repository on what a stranger sends.
  if ("pull_request_target" in workflow.on) found.push("pull_request_target");
  if (JSON.stringify(workflow.permissions) !== "{}") found.push("the workflow has permissions");
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (!job.permissions) found.push(`${name} has no permissions`);
    if (!job["timeout-minutes"]) found.push(`${name} has no timeout-minutes`);
    for (const { uses, run, with: inputs } of job.steps) {
      if (uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false) {
        found.push(`${name} leaves its token in the checkout`);
      }
      for (const command of [run, inputs?.["script"]]) {
        if (typeof command === "string" && !isOneScript(command)) found.push(`${name} runs ${command}`);
      }
    }
  }
  return found;
}

/**
 * Whether a command is a script of the root, so that it runs anywhere. Only `gh` talks to GitHub itself. `run`, because
 * pnpm has commands of its own named like scripts. An expression would be pasted into the shell, whatever it holds.
 */
function isOneScript(command: string): boolean {
  if (command.includes("${{") || command.trim().includes("\n")) return false;
  const [, script] = /^npx (?:\S+) (?:--silent )?run ([\w:]+)(?: >> "\$GITHUB_STEP_SUMMARY")?$/.exec(command) ?? [];
  if (script) return script in scripts && command.startsWith(`npx ${packageManager} `);
  return command === ".ci/run" || /^gh [^;&|<>`(]*$/.test(command);
}

test.each([...texts.keys()])("%s is clean in GitHub's own linter and keeps our rules", async (file) => {
  expect(await problems(file, texts.get(file)!)).toEqual([]);
});

test("a workflow that breaks them is told everything that is wrong", async () => {
  const workflow = `
on:
  pull_request_target:
permissions: write-all
jobs:
  check:
    runs-on: ubuntu-latest
    needs: build
    steps:
      - uses: actions/checkout@v7
      - run: npx pnpm@12.18.0 run nothing
      - run: npx pnpm@12.18.0 build
      - run: echo \${{ github.event.pull_request.title }}
      - run: gh pr comment && rm -rf .
      - run: npx pnpm@12.18.0 run build
        timeout-minutes: \${{ secret.MINUTES }}
`;
  expect(await problems("broken.yml", workflow)).toEqual([
    "line 8: Value 'build' is not valid",
    "line 16: Unrecognized named-value: 'secret'",
    "line 16: Unexpected value '${{ secret.MINUTES }}'",
    "line 6: The workflow must contain at least one job with no dependencies.",
    "actions/checkout@v7 is not pinned",
    "pull_request_target",
    "the workflow has permissions",
    "check has no permissions",
    "check has no timeout-minutes",
    "check leaves its token in the checkout",
    "check runs npx pnpm@12.18.0 run nothing",
    "check runs npx pnpm@12.18.0 build",
    "check runs echo ${{ github.event.pull_request.title }}",
    "check runs gh pr comment && rm -rf .",
  ]);
});

test("each job may do what is listed here, and no more", () => {
  const permissions = [...texts].flatMap(([file, text]) =>
    Object.entries((parse(text) as Workflow).jobs).map(([name, job]) => [`${file} ${name}`, job.permissions]),
  );
  expect(Object.fromEntries(permissions)).toEqual({
    "ci.yml check": { contents: "read" },
    "ci.yml macos": { contents: "read" },
    "ci.yml comment": { "pull-requests": "write" },
    "pages.yml build": { contents: "read" },
    "pages.yml deploy": { pages: "write", "id-token": "write" },
    "release.yml mode": { contents: "read" },
    "release.yml version": { contents: "write", "pull-requests": "write" },
    "release.yml publish": { contents: "write", "id-token": "write" },
    "release.yml sbom": { contents: "write" },
    "scheduled.yml audit": { contents: "read" },
    "scheduled.yml large": { contents: "read" },
    "scheduled.yml respect": { contents: "read" },
  });
});

test("the only secret is the sandbox's key, in the step that needs it and as whether it is there", () => {
  const uses = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/secrets\S*.*/g)].map(([use]) => `${file} ${use}`),
  );
  expect(uses).toEqual(["scheduled.yml secrets.SPHERE_API_KEY != '' }}", "scheduled.yml secrets.SPHERE_API_KEY }}"]);
});

test("an action has one version everywhere", () => {
  const versions = new Map<string, Set<string>>();
  for (const [, owner, version] of [...texts.values()].join("\n").matchAll(/uses: ([\w-]+\/[\w-]+).*@(\S+)/g)) {
    versions.set(owner!, (versions.get(owner!) ?? new Set()).add(version!));
  }
  expect([...versions].filter(([, used]) => used.size > 1)).toEqual([]);
});
