@conformance @families
Feature: IPv4 and IPv6

  Labels mean a pod in all of its addresses; an ipBlock means addresses of its own family.

  @ipv6
  Scenario: Everything holds on a cluster of IPv6 alone
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
    When "shop" denies all ingress and egress
    Then "shop/web" can no longer reach "shop/api" on TCP/8080 and UDP/5353
    And the node of "shop/web" can still reach "shop/web" on TCP/8080
    When "shop/web" is allowed egress to "shop/api" on TCP/8080
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080
    Then "shop/web" can again reach "shop/api" on TCP/8080
    And every flow is as the policies say

  @dual-stack @catches:ipv6-unfiltered
  Scenario: Allowed and denied alike in both families
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
    When "shop" denies all ingress
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080
    Then on TCP/8080 the truth table is
      |                 | shop/api | shop/web |
      | shop/web        | open     | -        |
      | shop/api        | -        | blocked  |
      | monitoring/prom | blocked  | blocked  |
    And every flow is as the policies say

  @dual-stack
  Scenario: An ipBlock of one family leaves the other shut
    Given the pods
      | pod      | labels  | serves   |
      | shop/web | app=web | TCP/8080 |
    And the external hosts
      | host         | serves  | addresses     |
      | four.example | TCP/443 | 198.51.100.10 |
      | six.example  | TCP/443 | 2001:db8::10  |
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: any-ipv4}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
      """
    Then on TCP/443 the truth table is
      |          | host four.example | host six.example |
      | shop/web | open              | blocked          |
