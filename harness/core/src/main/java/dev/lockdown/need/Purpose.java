package dev.lockdown.need;

/// What a need is for: the classes in which a lockdown breaks an application.
public enum Purpose {
    DNS("DNS"), //
    API("the Kubernetes API"), //
    METRICS_PUSH("metrics push"), //
    METRICS_SCRAPE("metrics scrape"), //
    APPLICATION("the application's own"), //
    PEERS("peers of one StatefulSet"), //
    INGRESS("from outside, by the ingress controller"), //
    OUTSIDE("from outside, by addresses"), //
    WEBHOOK("admission webhooks"), //
    EXTERNAL("hosts outside the cluster"), //
    PROBE("probes of the kubelet");

    private final String words;

    Purpose(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
