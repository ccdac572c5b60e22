package dev.lockdown.nightly.page;

import java.util.List;

/// A list of which the first stand there, and the others behind a click.
record Cut<T>(List<T> shown, List<T> rest) {
    private static final int SHOWN = 10;

    static <T> Cut<T> of(List<T> all) {
        // What hides one line only takes as much room.
        int shown = all.size() <= SHOWN + 1 ? all.size() : SHOWN;
        return new Cut<>(List.copyOf(all.subList(0, shown)), List.copyOf(all.subList(shown, all.size())));
    }

    public boolean isEmpty() {
        return shown.isEmpty();
    }

    public boolean hasAny() {
        return !isEmpty();
    }

    public boolean hasRest() {
        return !rest.isEmpty();
    }

    public int size() {
        return shown.size() + rest.size();
    }
}
