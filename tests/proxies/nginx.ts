import { type ProxyProgram, type RunningProxy, startProxy } from "./program.ts"

/** Starts nginx with these servers, on the given port. */
export function startNginx(
  servers: (port: number) => Promise<string> | string,
): Promise<RunningProxy | undefined> {
  const nginx: ProxyProgram = {
    name: "nginx",
    config: async (port, folder) => configuration(folder, await servers(port)),
    command: (file, folder) => ["-p", folder, "-c", file, "-e", "stderr"],
  }
  return startProxy(nginx)
}

/** Like Debian's, with every file in the folder. As root nginx stays root, for only root can read the folder. */
function configuration(folder: string, servers: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  return `${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
master_process off;
worker_processes 1;
pid ${folder}/pid;
events {}
http {
${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
access_log off;
${servers}
}
`
}
