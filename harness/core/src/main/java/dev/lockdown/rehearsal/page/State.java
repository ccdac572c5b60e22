package dev.lockdown.rehearsal.page;

import dev.lockdown.graph.Graph.Status;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Rehearsed.Way;
import dev.lockdown.rehearsal.Seen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A state in which an application was asked.
public enum State {
    BEFORE("before", "without policies"), //
    TODAY("today", "today"), //
    LOCKDOWN("lockdown", "under lockdown"), //
    HEALED("healed", "with the proposals");

    private final String id;
    private final String words;

    State(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /// The name of its picture.
    String id() {
        return id;
    }

    String words() {
        return words;
    }

    /// What was seen of a need; null where it was not asked.
    @Nullable Seen of(NeedResult result) {
        return switch (this) {
            case BEFORE -> result.before();
            case TODAY -> result.today();
            case LOCKDOWN -> result.underLockdown();
            case HEALED -> result.healed();
        };
    }

    /// What is open in it and nobody needs.
    List<Way> unneeded(Rehearsed rehearsed) {
        return switch (this) {
            case BEFORE, LOCKDOWN -> List.of();
            case TODAY -> rehearsed.openToday();
            case HEALED -> rehearsed.opened();
        };
    }

    /// How an edge is drawn.
    Status status(NeedResult result) {
        if (this == HEALED) {
            if (result.isHealingUnproven()) return Status.UNPROVEN;
            if (result.isBroken()) return result.isHealed() ? Status.HEALED : Status.BROKEN;
            // Whoever is not asked again is as under lockdown.
            if (result.healed() == null) return LOCKDOWN.status(result);
        }
        return switch (of(result)) {
            case OPEN -> Status.ALLOWED;
            case BLOCKED, SOME -> Status.BROKEN;
            case UNKNOWN -> Status.UNPROVEN;
            case null -> Status.UNPROVEN;
        };
    }
}
