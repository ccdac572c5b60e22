Feature: DNS is the first thing that a lockdown breaks

  Names resolve through pods labelled k8s-app=kube-dns in kube-system. An allowance for them heals
  names, and should heal nothing else.

  Background:
    Given the namespaces
      | name       | labels    |
      | shop       | team=shop |
      | monitoring |           |
    And the pods
      | pod             | labels   | serves             |
      | shop/web        | app=web  | TCP/8080           |
      | shop/api        | app=api  | TCP/8080, UDP/5353 |
      | monitoring/prom | app=prom | TCP/8080, TCP/9090 |

  Scenario: Without an allowance no name resolves
    When "shop" denies all egress
    Then "shop/web" can no longer resolve api.shop.svc.cluster.local

  Scenario: DNS allowed, nothing else
    Given "shop" denies all ingress and egress
    When policies/allow-dns.yaml is applied to "shop"
    Then "shop/web" can again resolve api.shop.svc.cluster.local
    And "shop/api" can again resolve web.shop.svc.cluster.local
    And on TCP/8080 the truth table is
      | from            | shop/web | shop/api | monitoring/prom |
      | shop/web        | -        | blocked  | blocked         |
      | shop/api        | blocked  | -        | blocked         |
      | monitoring/prom | blocked  | blocked  | -               |

  Scenario: With UDP alone a large answer fails over TCP
    Given "shop" denies all egress
    When policies/allow-dns-udp.yaml is applied to "shop"
    Then "shop/web" can again resolve api.shop.svc.cluster.local over UDP
    But "shop/web" cannot resolve large.shop.svc.cluster.local over TCP

  Scenario: Two entries instead of one open more than DNS
    Given "shop" denies all egress
    When policies/allow-dns-two-entries.yaml is applied to "shop"
    Then "shop/web" can reach "kube-system/metrics" on UDP/53

  Scenario: Names resolve again but the named pods stay shut
    Given "shop" denies all ingress and egress
    When policies/allow-dns.yaml is applied to "shop"
    Then "shop/web" cannot reach "shop/api" on TCP/8080
