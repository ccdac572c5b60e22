package dev.lockdown.cluster.kubernetes.agent;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts what comes into lines.
final class Lines extends OutputStream {
    private static final int LONGEST = 1 << 24;

    private final Consumer<String> each;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Lines(Consumer<String> each) {
        this.each = each;
    }

    @Override
    public synchronized void write(int b) {
        if (b != '\n') {
            if (begun.size() < LONGEST) begun.write(b);
            return;
        }
        var line = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        each.accept(line);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) write(bytes[i]);
    }
}
