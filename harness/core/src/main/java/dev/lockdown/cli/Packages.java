package dev.lockdown.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands that install packages on this machine.
final class Packages {
    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/bin"));

    private final List<Path> folders;

    Packages() {
        this(FOLDERS);
    }

    Packages(List<Path> folders) {
        this.folders = folders;
    }

    /// @return null on a machine without any of the three package managers
    @Nullable String install(String apt, String dnf, String apk) {
        if (find("apt-get") != null) return "apt-get install -y " + apt;
        if (find("dnf") != null) return "dnf install -y " + dnf;
        if (find("apk") != null) return "apk add " + apk;
        return null;
    }

    /// The program of that name, wherever programs of the system are. `PATH` is not asked: /usr/sbin is not in everybody's.
    @Nullable Path find(String program) {
        return folders.stream().map(f -> f.resolve(program)).filter(Files::isExecutable).findFirst().orElse(null);
    }
}
