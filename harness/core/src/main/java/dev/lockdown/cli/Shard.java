package dev.lockdown.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One of several equal parts of a run, counted from one: `2/5`.
record Shard(int index, int of) {
    static final Shard WHOLE = new Shard(1, 1);
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

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
