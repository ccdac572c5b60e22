package dev.lockdown.spec.words;

import dev.lockdown.state.InputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the mistakes of a step's parts, so that all of them are told and not the first alone.
public final class InputMistakes {
    private final List<InputException> found = new ArrayList<>();

    /// Do a part; what is wrong with it is kept.
    ///
    /// @param where the cell that it reads, or null where there is none
    public void attempt(InputException.@Nullable Cell where, Runnable part) {
        try {
            part.run();
        } catch (InputException e) {
            add(where, e);
        }
    }

    void add(InputException.@Nullable Cell where, InputException mistake) {
        for (var one : mistake.mistakes()) found.add(where == null ? one : one.in(where));
    }

    public int count() {
        return found.size();
    }

    /// @throws InputException if there are any
    public void requireNone() {
        if (!found.isEmpty()) throw InputException.all(found);
    }
}
