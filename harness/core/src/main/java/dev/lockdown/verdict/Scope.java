package dev.lockdown.verdict;

import java.util.List;

/// Of what a verdict step speaks.
public sealed interface Scope {
    /// The flows that the step itself names.
    record Named() implements Scope {}

    /// A truth table.
    ///
    /// @param ports as the step says them, such as `TCP/8080`
    record OnPorts(List<String> ports) implements Scope {
        public OnPorts {
            ports = List.copyOf(ports);
        }
    }

    record EveryFlow() implements Scope {}

    record OpenInBaseline() implements Scope {}

    record ShutBeforeTheChange() implements Scope {}
}
