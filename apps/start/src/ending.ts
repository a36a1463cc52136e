/** Aborted by Ctrl-C, and when the process is told to end. */
const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => controller.abort());
export const ending: AbortSignal = controller.signal;
