package dev.lockdown.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;

/// Makes what is in a folder that people share as open as the folder is, whatever the process's umask: reports are for their owner alone, a
/// history is made to be committed and synced.
final class SharedFiles {
    private static final List<PosixFilePermission> EXECUTE =
        List.of(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private SharedFiles() {}

    /// Make a folder and those that it is to be in, each as open as the one that holds it.
    static void createDirectories(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) createDirectories(parent);
        // Another process may make it at the same time.
        Files.createDirectories(folder);
        share(folder);
    }

    /// Open a file or folder to those to whom the folder is open that holds it.
    static void share(Path path) throws IOException {
        var parent = path.toAbsolutePath().getParent();
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (parent == null || view == null) return;
        var open = EnumSet.copyOf(Files.getPosixFilePermissions(parent));
        // As in a folder for everybody's temporary files.
        open.remove(PosixFilePermission.OTHERS_WRITE);
        if (!Files.isDirectory(path)) open.removeAll(EXECUTE);
        open.addAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        view.setPermissions(open);
    }
}
