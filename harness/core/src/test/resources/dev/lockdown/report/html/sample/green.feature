@conformance @sample
Feature: A lockdown and what it heals

  Background:
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
      | monitoring/log  | app=log        | TCP/9090           | node-2 |
    And the services
      | service  | selects | serves         |
      | shop/api | app=api | TCP/80 -> 8080 |
    And the external hosts
      | host            | serves  |
      | partner.example | TCP/443 |

  Rule: What is denied breaks

    Scenario: Exactly these flows break
      When "shop" denies all ingress and egress
      Then exactly these flows broke
        | from              | to                           | ports             |
        | every pod of shop | every pod                    | every port        |
        | every pod of monitoring | every pod of shop      | every port        |
        | every pod         | service shop/api             | TCP/80            |
        | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
        | every pod of shop | the Kubernetes API           | TCP/443           |
        | every pod of shop | host partner.example         | TCP/443           |

    @table
    Scenario: The truth table of a lockdown
      When "shop" denies all ingress
      Then on TCP/8080 the truth table is
        |                 | shop/web | shop/api |
        | shop/web        | -        | blocked  |
        | shop/api        | blocked  | -        |
        | monitoring/prom | blocked  | blocked  |
        | monitoring/log  | blocked  | blocked  |
      And "shop/web" can still reach "monitoring/prom" on TCP/9090

    Scenario: Names, the API and metrics are lost
      When "shop" denies all ingress and egress
      Then "shop/web" can no longer
        | resolve | api.shop.svc.cluster.local |          |
        | reach   | the Kubernetes API         | TCP/443  |
        | reach   | monitoring/prom            | TCP/9090 |
      But the node of "shop/web" can still reach "shop/web" on TCP/8080

  Rule: What is allowed heals

    @dns
    Scenario: An allowance of DNS heals names and nothing else
      Given "shop" denies all ingress and egress
      When "fixtures/policies/allow-dns.yaml" is applied to "shop"
      Then exactly these flows healed
        | from              | to                           | ports             |
        | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
      But "shop/web" cannot reach "shop/api" on TCP/8080

    Scenario: A policy that is written below its step
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
        """
      Then "shop/web" can reach "shop/api" on TCP/8080 and UDP/5353
      But "monitoring/prom" cannot reach "shop/api" on TCP/8080

    Scenario: Deleting the policy heals everything
      Given "shop" denies all ingress and egress
      When policy "deny-all" is deleted from "shop"
      Then every flow is as the policies say

    Scenario Outline: <pod> is relabelled
      Given "shop" denies all ingress
      When "<pod>" is relabelled "app=other"
      Then "<pod>" can still reach "monitoring/prom" on TCP/9090

      Examples:
        | pod      |
        | shop/web |
        | shop/api |
