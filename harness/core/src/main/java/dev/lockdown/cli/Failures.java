package dev.lockdown.cli;

import dev.lockdown.run.ExitStatus;
import dev.lockdown.spec.Ending;
import dev.lockdown.state.OutsideText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Says why a command ended by an exception, and with which exit status. A stack trace never reaches the terminal.
final class Failures {
    private final ProcessContext context;

    Failures(ProcessContext context) {
        this.context = context;
    }

    ExitStatus tell(Throwable failure, List<String> arguments) {
        var status = ExitStatus.of(Ending.ofFailure(failure));
        if (status == ExitStatus.DEFECT) return tellDefect(failure, arguments);
        // On a terminal colours of our own are let through, and the message has names from outside.
        context.err().println("error: " + OutsideText.escaped(Ending.words(failure)));
        return status;
    }

    private ExitStatus tellDefect(Throwable failure, List<String> arguments) {
        var err = context.err();
        var name = "defect-%s.txt".formatted(context.clock().millis());
        err.println("error: a defect of Lockdown's own: " + failure.toString().lines().findFirst().orElseThrow());
        try {
            err.println("report it with " + write(name, account(failure, arguments)));
        } catch (IOException e) {
            err.println("report it with this, as it could not be written to a file (%s):".formatted(e));
            err.println(account(failure, arguments));
        }
        return ExitStatus.DEFECT;
    }

    private Path write(String name, String account) throws IOException {
        try {
            return Files.writeString(Files.createDirectories(context.state()).resolve(name), account);
        } catch (IOException _) {
            // The clone is somebody else's.
            return Files.writeString(Files.createTempFile("lockdown-defect", ".txt"), account);
        }
    }

    private static String account(Throwable failure, List<String> arguments) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return """
            lockdown %s
            %s
            arguments: %s

            %s""".formatted(Version.own().full(), Version.platform(), String.join(" ", arguments), trace);
    }
}
