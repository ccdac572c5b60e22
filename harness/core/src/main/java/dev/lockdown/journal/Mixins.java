package dev.lockdown.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;

/// The names of the sealed types in JSON, as [EntryWriter] writes them; kept apart from the types, since flow knows no Jackson.
interface Mixins {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({@Type(value = Entry.RunStarted.class, name = "run-started"), @Type(value = Entry.Planned.class, name = "planned"),
        @Type(value = Entry.ScenarioStarted.class, name = "scenario-started"), @Type(value = Entry.Canary.class, name = "canary"),
        @Type(value = Entry.Applied.class, name = "applied"), @Type(value = Entry.Observed.class, name = "observed"),
        @Type(value = Entry.Judged.class, name = "judged"), @Type(value = Entry.StepFinished.class, name = "step-finished"),
        @Type(value = Entry.ScenarioFinished.class, name = "scenario-finished"),
        @Type(value = Entry.RunFinished.class, name = "run-finished")})
    interface OfEntry {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@Type(value = Probe.Reach.class, name = "reach"), @Type(value = Probe.Resolve.class, name = "resolve"),
        @Type(value = Probe.Unasked.class, name = "unasked"), @Type(value = Probe.Ping.class, name = "ping")})
    interface OfProbe {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@Type(value = Outcome.Connected.class, name = "connected"), @Type(value = Outcome.Resolved.class, name = "resolved"),
        @Type(value = Outcome.Misdirected.class, name = "misdirected"), @Type(value = Outcome.Refused.class, name = "refused"),
        @Type(value = Outcome.Unreachable.class, name = "unreachable"), @Type(value = Outcome.TimedOut.class, name = "timed-out"),
        @Type(value = Outcome.Unresolved.class, name = "unresolved"),
        @Type(value = Outcome.ProbeFailed.class, name = "probe-failed")})
    interface OfOutcome {}
}
