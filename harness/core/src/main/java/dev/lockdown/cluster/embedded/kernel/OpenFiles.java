package dev.lockdown.cluster.embedded.kernel;

import java.io.File;
import java.util.HashSet;
import java.util.Set;

/// The open file descriptors of this process.
final class OpenFiles {
    private OpenFiles() {}

    static Set<Integer> numbers() {
        var names = new File("/proc/self/fd").list();
        var numbers = new HashSet<Integer>();
        if (names != null) for (var name : names) numbers.add(Integer.parseInt(name));
        return numbers;
    }
}
