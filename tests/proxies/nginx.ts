import { type ProxyProgram, type RunningProxy, startProxy } from "./program.ts"

/** nginx with these servers, told where to listen. */
export function startNginx(
  servers: (port: number) => Promise<string> | string,
): Promise<RunningProxy | undefined> {
  const nginx: ProxyProgram = {
    name: "nginx",
    config: async (port, folder) => surroundings(folder, await servers(port)),
    command: (file, folder) => ["-p", folder, "-c", file, "-e", "stderr"],
  }
  return startProxy(nginx)
}

/** As Debian's, with every file in the folder. Whoever is root stays it, for the folder is theirs alone. */
function surroundings(folder: string, servers: string): string {
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
