package dev.lockdown.cli;

import dev.lockdown.journal.PlannedShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One of several equal parts of a run, counted from one: `2/5`.
record Shard(int index, int of) {
    static final Shard WHOLE = new Shard(1, 1);
    private static final int DIGEST_BYTES = 8;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

    Shard {
        if (index < 1 || index > of)
            throw new IllegalArgumentException("%s/%s is not a shard; the first number goes from 1 to the second".formatted(index, of));
    }

    /// @throws IllegalArgumentException if the text is not of the form `i/n`, or `i` is not one of 1 to `n`
    static Shard parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("\"%s\" is not a shard; expected i/n such as 2/5".formatted(text));
        return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /// Whether the item at a position, counted from zero, belongs to this part. Neighbours go to different parts, so that the slow
    /// scenarios of one feature are shared out.
    boolean has(int position) {
        return position % of == index - 1;
    }

    /// This part of the items.
    <T> List<T> of(List<T> items) {
        return IntStream.range(0, items.size()).filter(this::has).mapToObj(items::get).toList();
    }

    /// This part of the items, where all parts shall take equally long: the longest first, each to the part that has least so far. Every part
    /// comes to the same plan by the same times.
    ///
    /// @param times how long items took before; one that has none counts as long as they do in the middle
    <T> List<T> of(List<T> items, Map<T, Duration> times) {
        if (times.isEmpty()) return of(items);
        var usual = times.values().stream().sorted().skip((times.size() - 1) / 2).findFirst().orElse(Duration.ZERO);
        var order = IntStream.range(0, items.size()).boxed()
            .sorted(Comparator.comparing((Integer i) -> times.getOrDefault(items.get(i), usual)).reversed().thenComparing(i -> i)).toList();
        var loads = new PriorityQueue<>(Comparator.comparing(Load::taken).thenComparing(Load::part));
        for (int part = 0; part < of; part++) loads.add(new Load(part, Duration.ZERO));
        var own = new TreeSet<Integer>();
        for (int i : order) {
            var least = loads.remove();
            if (least.part == index - 1) own.add(i);
            loads.add(new Load(least.part, least.taken.plus(times.getOrDefault(items.get(i), usual))));
        }
        return own.stream().map(items::get).toList();
    }

    /// This part, as the journal says it.
    ///
    /// @param lines of all scenarios that are shared out, by the path of their feature
    PlannedShard planned(Map<String, List<Integer>> lines) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var feature : lines.entrySet()) {
                // Not its path: on another machine it may lie elsewhere.
                var file = Path.of(feature.getKey());
                if (Files.isReadable(file)) digest.update(Files.readAllBytes(file));
                digest.update(feature.getValue().toString().getBytes(StandardCharsets.US_ASCII));
            }
            return new PlannedShard(index, of, HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Load(int part, Duration taken) {}

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
