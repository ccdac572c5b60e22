package dev.lockdown.cluster.k3s;

import java.util.regex.Pattern;

/// Finds the message that says most in the nested exceptions of Testcontainers and of the Docker client.
final class DockerErrorText {
    private static final Pattern OF_DOCKER = Pattern.compile("Status [0-9]+: \\{\"message\":\"(?<message>.*)\"}\\s*", Pattern.DOTALL);

    private DockerErrorText() {}

    /// The innermost message, unless one on the way knows how a container ended.
    static String of(Throwable failure) {
        var reason = failure.toString();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            var message = t.getMessage();
            if (message == null || message.isBlank()) continue;
            var docker = OF_DOCKER.matcher(message);
            reason = docker.matches() ? docker.group("message").replace("\\\"", "\"") : message;
            if (message.startsWith("Wait strategy failed. Container ")) return message.substring("Wait strategy failed. ".length());
        }
        return reason;
    }
}
