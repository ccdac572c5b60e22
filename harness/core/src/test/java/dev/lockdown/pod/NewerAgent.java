package dev.lockdown.pod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an agent of the next version says: this one's words, another greeting, and members that this version has never heard of.
public final class NewerAgent extends OutputStream {
    private final int oldest;
    private final OutputStream out;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /// @param oldest version that it speaks; the newest is the next one
    public NewerAgent(int oldest, OutputStream out) {
        this.oldest = oldest;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (b != '\n') {
            begun.write(b);
            return;
        }
        var envelope = Objects.requireNonNull(Envelope.parse(begun.toString(StandardCharsets.US_ASCII)));
        begun.reset();
        var body = new LinkedHashMap<String, @Nullable Object>(envelope.body());
        if ("welcome".equals(body.get("kind"))) body.put("speaks", new Versions(oldest, Versions.OURS.newest() + 1).json());
        body.put("mood", Map.of("weather", "fine"));
        var line = new Envelope(envelope.session(), envelope.number(), envelope.acknowledged(), body).line() + "\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
