Feature: What most features do

  Run once after a build, while the JVM records which classes starting takes.

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
      | host            | serves  | addresses |
      | partner.example | TCP/443 |           |

  Scenario: A lockdown
    When "shop" denies all ingress and egress
    Then "shop/web" can no longer
      | resolve | api.shop.svc.cluster.local |          |
      | reach   | the Kubernetes API         | TCP/443  |
      | reach   | monitoring/prom            | TCP/9090 |
    And the node of "shop/web" can still reach "shop/web" on TCP/8080
    And every flow is as the policies say

  Scenario: An allowance
    Given "shop" denies all ingress
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: only-web}
      spec:
        podSelector: {matchLabels: {app: api}}
        ingress:
        - from: [{podSelector: {matchLabels: {app: web}}}]
          ports: [{protocol: TCP, port: 8080}]
      """
    Then on TCP/8080 the truth table is
      |                 | shop/api | shop/web |
      | shop/web        | -        | -        |
      | monitoring/prom | blocked  | blocked  |
    And "shop/web" can reach "shop/api" on TCP/8080
    But "shop/api" cannot send "shop/web" an unasked datagram
    When policy "only-web" is deleted from "shop"
    Then "shop/web" cannot reach service "shop/api" on TCP/80
    And every flow is as the policies say
