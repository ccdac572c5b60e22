package dev.lockdown.cluster.k3s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;

/// The process that owns a container, named by its number and its start, so that a later process with the same number is another.
record Owner(long process, long started, String boot) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern FORM = Pattern.compile("(?<process>[0-9]{1,9})-(?<started>[0-9]{1,18})-(?<boot>.*)");

    static Owner current() {
        var self = ProcessHandle.current();
        return new Owner(self.pid(), started(self), thisBoot());
    }

    /// Whether the process that a label names still runs. One on another machine, or before a restart of this one, counts as gone.
    static boolean isAlive(String label) {
        var form = FORM.matcher(label);
        if (!form.matches() || !form.group("boot").equals(thisBoot())) return false;
        return ProcessHandle.of(Long.parseLong(form.group("process"))).filter(p -> started(p) == Long.parseLong(form.group("started")))
            .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisBoot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "%s-%s-%s".formatted(process, started, boot);
    }
}
