package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The main process of a probe pod: serves its ports, and takes requests from standard input until that ends.
///
/// Its environment says who it is: `LOCKDOWN_IDENTITY` (`shop/web`), `LOCKDOWN_ADDRESSES` (its own, with commas), `LOCKDOWN_SERVES`
/// (`TCP/80,UDP/53`), `LOCKDOWN_SOURCE_PORTS` (`10000-29999`: from where it dials), `LOCKDOWN_WATCH_PORTS` (`30000-64999`: from
/// where it samples flows). Identity and ports are those of the beginning: a request may give it others. `LOCKDOWN_FIRST` (a folder where a shell wrote what it dialled before), `LOCKDOWN_ACCOUNT` (the folder of its service account, where that is not mounted in the usual place).
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.US_ASCII);
        run(System.getenv(), Sockets.ofThisProcess(), new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
        // Servers and dials have threads that would keep the process.
        out.flush();
    }

    /// @param sockets opens them where the pod is
    static void run(Map<String, String> environment, Sockets sockets, BufferedReader requests, PrintStream out) throws IOException {
        var addresses = list(environment, "LOCKDOWN_ADDRESSES").stream().map(InetAddress::ofLiteral).toList();
        var agent = new Agent(environment.getOrDefault("LOCKDOWN_IDENTITY", "nobody"), sockets);
        var range = SourceRange.read(environment.getOrDefault("LOCKDOWN_WATCH_PORTS", "30000-64999"));
        var ports = SourceRange.parse(environment.getOrDefault("LOCKDOWN_SOURCE_PORTS", ""));
        try (var loop = AgentLoop.start(agent);
                var watches = new AgentWatches(agent, sockets, range, first(environment));
                var holds = new AgentHolds(agent, sockets, addresses, ports)) {
            var served = new ServedPorts(agent, loop, sockets, addresses);
            served.serve(list(environment, "LOCKDOWN_SERVES").stream().map(Port::parse).toList());
            var receivers = new UdpReceivers(agent, sockets, addresses);
            var role = new AgentRole(agent, served, watches, holds, receivers);
            var handler =
                new RequestHandler(agent, loop, sockets, ports, MountedAccount.of(environment), receivers, watches, holds, role);
            var end = new AgentEnd(agent::identity, served::now, handler, line -> print(out, line));
            for (String line; (line = requests.readLine()) != null;) end.line(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FirstDials first(Map<String, String> environment) {
        var folder = environment.get("LOCKDOWN_FIRST");
        return new FirstDials(folder == null ? null : Path.of(folder));
    }

    private static void print(PrintStream out, String line) {
        synchronized (out) {
            out.print(line + "\n");
            out.flush();
        }
    }

    private static List<String> list(Map<String, String> environment, String name) {
        var text = environment.getOrDefault(name, "");
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
