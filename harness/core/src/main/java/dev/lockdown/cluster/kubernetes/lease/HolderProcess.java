package dev.lockdown.cluster.kubernetes.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The process of a run, told so that another process can prove it gone: the kernel's boot and the process's PID namespace say whether
/// the other looks at the same processes, the user whether it may see them, and the start time whether the number is still the same one's
/// (proc(5)).
///
/// @param boot `/proc/sys/kernel/random/boot_id`, of which every start of every machine has its own
/// @param namespace `pid:[4026531836]`
/// @param began in the clock ticks of `/proc/PID/stat`
public record HolderProcess(String boot, String namespace, String user, String pid, String began) {
    private static final Path PROC = Path.of("/proc");
    /// Of the fields of `/proc/PID/stat` behind the command's name.
    private static final int STATE = 0;
    private static final int START = 19;

    /// This process, or null where `/proc` does not tell.
    public static @Nullable HolderProcess own() {
        return of(ProcessHandle.current().pid());
    }

    public static @Nullable HolderProcess of(long pid) {
        try {
            return new HolderProcess(Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip(),
                Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString(), userHere(), Long.toString(pid),
                stat(Long.toString(pid)).get(START));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static String userHere() throws IOException {
        return String.valueOf(Files.getAttribute(PROC.resolve("self"), "unix:uid"));
    }

    private static List<String> stat(String pid) throws IOException {
        var text = Files.readString(PROC.resolve(pid).resolve("stat"));
        return List.of(text.substring(text.lastIndexOf(')') + 1).strip().split(" "));
    }

    /// @return null where the text names none
    public static @Nullable HolderProcess parse(@Nullable String text) {
        var parts = text == null ? List.<String>of() : List.of(text.split(" "));
        if (parts.size() != 5 || !parts.get(3).matches("[0-9]{1,10}")) return null;
        return new HolderProcess(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
    }

    /// Whether it is proven that it has ended. What cannot be looked at from here is not.
    public boolean isGone() {
        var here = own();
        if (here == null || !here.boot.equals(boot) || !here.namespace.equals(namespace) || !here.user.equals(user)) return false;
        try {
            var now = stat(pid);
            return !now.get(START).equals(began) || now.get(STATE).equals("Z") || now.get(STATE).equals("X");
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return String.join(" ", boot, namespace, user, pid, began);
    }
}
