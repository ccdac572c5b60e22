package dev.lockdown.pod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What an agent says on a machine whose clocks, that of the wall and the other, are ahead.
public final class ClockedAgent extends OutputStream {
    private static final int RUN = 5;
    private static final int BEATS = 4;

    private final long micros;
    private final OutputStream out;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /// @param ahead negative where they are behind
    public ClockedAgent(Duration ahead, OutputStream out) {
        micros = ahead.toNanos() / ChronoUnit.MICROS.getDuration().toNanos();
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
        var line = new Envelope(envelope.session(), envelope.number(), envelope.acknowledged(), shifted(envelope.body())).line() + "\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, @Nullable Object> shifted(Map<String, @Nullable Object> body) {
        var other = new LinkedHashMap<String, @Nullable Object>(body);
        if (body.get("clock") instanceof Long clock) other.put("clock", clock + micros);
        if (body.get("seen") instanceof List<?> seen)
            other.put("seen", seen.stream().map(one -> with(one, "at", at -> (Long) at + micros)).toList());
        if (body.get("runs") instanceof List<?> runs)
            other.put("runs", runs.stream().map(run -> with(run, "of", of -> times((List<?>) of, RUN))).toList());
        for (var way : List.of("sent", "heard")) if (body.get(way) instanceof List<?> beats) other.put(way, times(beats, BEATS));
        return other;
    }

    private static Object with(Object object, String name, UnaryOperator<Object> how) {
        var other = new LinkedHashMap<Object, Object>((Map<?, ?>) object);
        other.put(name, how.apply(Objects.requireNonNull(other.get(name))));
        return other;
    }

    /// In groups of so many, the second and the third are times.
    private List<Object> times(List<?> numbers, int width) {
        var other = new ArrayList<Object>(numbers);
        for (int i = 0; i + width <= other.size(); i += width)
            for (int j = 1; j <= 2; j++) other.set(i + j, (Long) other.get(i + j) + micros);
        return other;
    }
}
