package dev.lockdown.trial;

import dev.lockdown.state.Change;

/// Changes in words for people.
final class Changes {

    private Changes() {}

    static String inWords(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var n) -> "namespace %s applied".formatted(n.name());
            case Change.DeleteNamespace(var name) -> "namespace %s deleted".formatted(name);
            case Change.StartPod(var pod) -> "pod %s started".formatted(pod.name());
            case Change.StopPod(var name) -> "pod %s stopped".formatted(name);
            case Change.ApplyService(var s) -> "service %s applied".formatted(s.name());
            case Change.DeleteService(var name) -> "service %s deleted".formatted(name);
            case Change.ApplyPolicy(var p) -> "policy %s applied".formatted(p.name());
            case Change.DeletePolicy(var name) -> "policy %s deleted".formatted(name);
            case Change.RelabelPod(var name, var labels) -> "pod %s relabelled %s".formatted(name, labels);
            case Change.RelabelNamespace(var name, var labels) -> "namespace %s relabelled %s".formatted(name, labels);
            case Change.AddHost(var host) -> "external host %s added".formatted(host.name());
        };
    }
}
