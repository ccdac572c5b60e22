@aftermath
Feature: The aftermath of a lockdown

  What an application leans on without saying so: names, the API server, the metrics that it pushes and those that are scraped.

  Background:
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
    And the services
      | service  | selects | serves         |
      | shop/api | app=api | TCP/80 -> 8080 |
    And the external hosts
      | host            | serves  |
      | partner.example | TCP/443 |

  Scenario: A lockdown breaks names, the API and metrics, not the kubelet's work
    When "shop" denies all ingress and egress
    Then "shop/web" can no longer
      | resolve | api.shop.svc.cluster.local |          |
      | resolve | api.shop.svc.cluster.local | over TCP |
      | reach   | the Kubernetes API         | TCP/443  |
      | reach   | monitoring/prom            | TCP/9090 |
    And "monitoring/prom" can no longer reach "shop/web" on TCP/8080
    But the node of "shop/web" can still reach "shop/web" on TCP/8080

  @catches:cluster-ip-bypasses-egress
  Scenario: Exactly these flows break
    When "shop" denies all ingress and egress
    Then exactly these flows broke
      | from              | to                           | ports             |
      | every pod of shop | every pod                    | every port        |
      | monitoring/prom   | every pod of shop            | every port        |
      | shop/web          | service shop/api             | TCP/80            |
      | monitoring/prom   | service shop/api             | TCP/80            |
      | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
      | every pod of shop | the Kubernetes API           | TCP/443           |
      | every pod of shop | host partner.example         | TCP/443           |

  Scenario: A mounted token can still be read, only using it fails
    When "shop" denies all ingress and egress
    Then "shop/web" can still read its service account token
    But "shop/web" can no longer reach the Kubernetes API on TCP/443
