package dev.lockdown.flow;

/// The IP family, named as Kubernetes names it in `ipFamilies`.
public enum Family {
    IPV4("IPv4"), IPV6("IPv6");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
