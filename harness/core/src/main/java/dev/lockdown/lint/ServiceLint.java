package dev.lockdown.lint;

import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.TargetPort;
import java.util.List;

/// One Service: whether its selector and the names of its target ports match anything. One without a selector has its endpoints from
/// elsewhere.
final class ServiceLint {
    private final Service service;
    private final Findings findings;
    private final List<Pod> around;

    ServiceLint(Service service, Candidates candidates, Findings findings) {
        this.service = service;
        this.findings = findings;
        this.around = candidates.of(service.name().namespace());
    }

    void look() {
        if (service.selector().isEmpty()) return;
        var selector = LabelSelector.labels(service.selector());
        var backends = around.stream().filter(p -> Candidates.selects(selector, p)).toList();
        var namespace = service.name().namespace();
        if (backends.isEmpty())
            findings.add("selector", "service %s selects no pod: %s".formatted(service.name(),
                new SelectorAdvice<>("pod of " + namespace, around, Pod::labels, p -> p.name().toString()).why(selector)));
        var asked = backends.isEmpty() ? around : backends;
        for (int i = 0; i < service.ports().size(); i++) {
            var port = service.ports().get(i);
            if (!(port.target() instanceof TargetPort.Name(var name)) || asked.isEmpty()
                || PortAdvice.declares(asked, name, port.port().protocol())) continue;
            findings.add("ports[%s].targetPort".formatted(i),
                "service %s %s goes nowhere: no pod %s names a %s port %s%s".formatted(service.name(), port.port(),
                    backends.isEmpty() ? "of " + namespace : "that it selects", port.port().protocol(), name,
                    PortAdvice.instead(asked, name, port.port().protocol())));
        }
    }
}
