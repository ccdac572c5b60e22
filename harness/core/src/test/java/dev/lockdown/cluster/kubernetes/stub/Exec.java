package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Executed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Runs programs in pods, as far as tests say what comes of them.
final class Exec {
    private static final int OUTPUT = 1;
    private static final int STATUS = 3;

    private Exec() {}

    static void serve(WebSocket socket, Executed executed) throws IOException {
        switch (executed) {
            case Executed.Ended(int status, var output) -> {
                socket.send(OUTPUT, output.getBytes(StandardCharsets.UTF_8));
                status(socket, status == 0 ? "{'status': 'Success'}"
                    : "{'status': 'Failure', 'reason': 'NonZeroExitCode', 'details': {'causes': [{'reason': 'ExitCode', 'message': '%d'}]}}"
                        .formatted(status));
            }
            case Executed.NotThere() ->
                status(socket, "{'status': 'Failure', 'reason': 'InternalError', 'message': 'exec: executable file not found in $PATH'}");
            case Executed.NeverEnds() -> {}
        }
        while (socket.receive() != null) {
            // Until its client is gone.
        }
    }

    private static void status(WebSocket socket, String status) throws IOException {
        socket.send(STATUS, Json.bytes(Json.of(status)));
        socket.close();
    }
}
