@conformance @both-sides
Feature: One side's policy is enough exactly as long as the other side is not isolated

  Background:
    Given the pods
      | pod      | labels  | serves             | node   |
      | shop/web | app=web | TCP/8080           | node-2 |
      | shop/api | app=api | TCP/8080, UDP/5353 | node-1 |

  Scenario: One side is enough while the other is not isolated; replies need no rule
    Given "shop" denies all ingress
    When "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
    Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
    But "shop/api" cannot send "shop/web" an unasked datagram
    When "shop" denies all egress
    Then "shop/web" cannot reach "shop/api" on TCP/8080
    When "shop/web" is allowed egress to "shop/api" on TCP/8080
    Then "shop/web" can reach "shop/api" on TCP/8080

  # e2e 28: should enforce egress policy on the client side, even if the server allows it
  Scenario: Under a default-deny of both directions the server's half alone is not enough
    Given "shop" denies all ingress and egress
    When "shop/api" is allowed ingress from "shop/web" on TCP/8080
    Then nothing healed
    And "shop/web" to "shop/api" on TCP/8080 is decided by "shop/deny-all"

  Scenario: Under a default-deny of both directions the client's half alone is not enough
    Given "shop" denies all ingress and egress
    When "shop/web" is allowed egress to "shop/api" on TCP/8080
    Then nothing healed

  Scenario: Both halves together are
    Given "shop" denies all ingress and egress
    When "shop/web" is allowed egress to "shop/api" on TCP/8080
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080
    Then exactly these flows healed
      | from     | to       | ports    |
      | shop/web | shop/api | TCP/8080 |

  @catches:rules-admit-both-ways
  Rule: The rules of a policy that isolates both ways count for their own way alone

    Scenario Outline: <case>
      When this policy is applied to "shop"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: both}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress], <rules>}
        """
      Then "shop/web" cannot reach "shop/api" on TCP/8080 and UDP/5353
      And "shop/api" cannot reach "shop/web" on TCP/8080
      And every flow is as the policies say

      Examples:
        | case                                                     | rules                                                                                |
        | Egress to everybody admits no ingress                    | egress: [{}]                                                                         |
        | Egress to a pod on its port admits no ingress there      | egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]    |
        | Ingress from everybody admits no egress                  | ingress: [{}]                                                                        |
        | Ingress from a pod on a port admits no egress from there | ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}] |

    Scenario: What both of its ways admit is open
      When this policy is applied to "shop"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: both}
        spec:
          podSelector: {}
          policyTypes: [Ingress, Egress]
          ingress: [{ports: [{port: 8080}]}]
          egress: [{to: [{podSelector: {matchLabels: {app: api}}}]}]
        """
      Then "shop/web" can reach "shop/api" on TCP/8080
      But "shop/web" cannot reach "shop/api" on UDP/5353
      And "shop/api" cannot reach "shop/web" on TCP/8080
      And every flow is as the policies say
