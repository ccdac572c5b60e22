package dev.lockdown.cluster.kubernetes.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The commands of containers in which a shell dials from its first instruction, since a Java process takes a second until it can. Bash
/// alone has the means for it (`/dev/tcp`); nothing is added to the image.
public final class FirstDialScript {
    /// The folder that the containers of such a pod share.
    public static final String FOLDER = "/lockdown-first";
    private static final String BASH = "bash";
    /// The init container dials so long, in microseconds; it is there because the pod's network is there so much earlier.
    private static final String INITIALLY = "300000";
    private static final String UNTIL_STOPPED = "10000000";
    private static final String FUNCTIONS = read();

    private FirstDialScript() {}

    private static String read() {
        try (var resource = Objects.requireNonNull(FirstDialScript.class.getResourceAsStream("first-dials.sh"))) {
            return new String(resource.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Dial for a while, and end.
    public static List<String> alone() {
        return List.of(BASH, "-c", FUNCTIONS + "lockdown_first_dials " + INITIALLY
            + "; echo \"gone ${EPOCHREALTIME/[.,]/}\" >> \"$LOCKDOWN_FIRST/dials\"\n");
    }

    /// Dial beside a program until that takes over.
    public static List<String> beside(List<String> program) {
        var command = new ArrayList<>(List.of(BASH, "-c", FUNCTIONS + "lockdown_first_dials " + UNTIL_STOPPED + " &\nexec \"$@\"\n", BASH));
        command.addAll(program);
        return command;
    }
}
