package dev.lockdown.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Says that a run is still writing to its folder. The kernel lets go of the lock when the process ends, however it ends.
public final class RunLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Hold a folder until [#close], or until this process ends.
    ///
    /// @throws JournalException if the lock cannot be made
    public static RunLock hold(RunFolder folder) {
        var file = file(folder);
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new RunLock(file, channel);
        } catch (IOException e) {
            throw JournalException.notWritten(file, e);
        }
    }

    /// Whether a run holds the folder. Not to be asked of a folder that this process holds itself: on Linux, asking would let go of it.
    static boolean isHeld(RunFolder folder) throws IOException {
        var file = file(folder);
        if (!Files.exists(file)) return false;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE); var lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true;
        }
    }

    private static Path file(RunFolder folder) {
        return folder.path().resolve(".running");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw JournalException.notWritten(file, e);
        }
    }
}
