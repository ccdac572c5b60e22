package dev.lockdown.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Files and folders that are looked at again and again for what was saved in them.
///
/// Looks at times and lengths instead of waiting for the kernel's events, which shared folders of containers and machines do not send, and
/// which differ with the way in which an editor saves. Not for use by several threads.
final class SavedFiles {
    private final Set<Path> saving = new TreeSet<>();
    private Map<Path, State> before;

    /// @param key tells one file from another that an editor has put in its place
    private record State(FileTime modified, long size, Object key) {}

    SavedFiles(Set<Path> roots) {
        before = states(roots);
    }

    /// The files that are there now and were not before, that are gone, or that differ since the last call. Absolute, in the order of
    /// their names.
    Set<Path> changed(Set<Path> roots) {
        var now = states(roots);
        var changed = new TreeSet<Path>();
        now.forEach((file, state) -> {
            if (!state.equals(before.get(file))) changed.add(file);
        });
        before.keySet().stream().filter(file -> !now.containsKey(file)).forEach(changed::add);
        before = now;
        return changed;
    }

    /// The files that changed, once a whole call passed without a further change: whoever saves empties a file before he fills it. None
    /// until then.
    Set<Path> settled(Set<Path> roots) {
        var changed = changed(roots);
        saving.addAll(changed);
        if (!changed.isEmpty()) return Set.of();
        var settled = new TreeSet<>(saving);
        saving.clear();
        return settled;
    }

    private static Map<Path, State> states(Set<Path> roots) {
        var states = new HashMap<Path, State>();
        for (var root : roots) {
            try (var files = Files.isDirectory(root) ? Files.walk(root) : Stream.of(root)) {
                files.forEach(file -> add(file.toAbsolutePath().normalize(), states));
            } catch (IOException | UncheckedIOException _) {
                // A folder that goes away meanwhile has no files.
            }
        }
        return states;
    }

    private static void add(Path file, Map<Path, State> states) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var key = attributes.fileKey();
            if (attributes.isRegularFile())
                states.put(file, new State(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key));
        } catch (NoSuchFileException _) {
            // Between two steps of an editor's save; the next look finds it.
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be looked at".formatted(file), e);
        }
    }
}
