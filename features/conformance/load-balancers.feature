@conformance @services @loadbalancer
Feature: Policies see who comes by a load balancer

  What comes from outside by `externalTrafficPolicy: Cluster` may carry a node's address, and policies then see the node. `Local` keeps the
  client's address and leads to the pods of one node alone. Pods that dial the address are led to every pod, whatever is written.

  Background:
    Given the pods
      | pod     | labels         | serves   | node   |
      | shop/a  | app=api, pod=a | TCP/8080 | node-1 |
      | shop/b  | app=api, pod=b | TCP/8080 | node-2 |
      | other/c | app=client     | TCP/8080 | node-1 |
      | other/d | app=client     | TCP/8080 | node-2 |
    And the external hosts
      | host         | serves  |
      | user.example | TCP/443 |
    And the services
      | service     | selects | serves                  | type         | externalTrafficPolicy |
      | shop/front  | app=api | TCP/80 -> 8080          | LoadBalancer | Cluster               |
      | shop/kept   | app=api | TCP/80 -> 8080 at 30091 | LoadBalancer | Local                 |

  Scenario: Without policies a load balancer leads to the pods, from outside and from inside
    Then on TCP/80 the truth table is
      |                   | load balancer shop/front | load balancer shop/kept |
      | host user.example | open                     | open                    |
      | other/c           | open                     | open                    |
      | other/d           | open                     | open                    |
    And every flow is as the policies say

  Scenario: Pods that hear nobody from outside are not reached by a balancer that keeps the client's address
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: clients-alone}
      spec:
        podSelector: {matchLabels: {app: api}}
        ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]
      """
    Then host "user.example" can no longer reach load balancer "shop/kept" on TCP/80
    And "other/c" can reach service "shop/kept" on TCP/80
    And every flow is as the policies say

  Scenario: Pods that hear everybody on a port are reached by every balancer
    Given "shop" denies all ingress
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: everybody-on-8080}
      spec:
        podSelector: {matchLabels: {app: api}}
        ingress: [{ports: [{port: 8080}]}]
      """
    Then on TCP/80 the truth table is
      |                   | load balancer shop/front | load balancer shop/kept |
      | host user.example | open                     | open                    |
      | other/c           | open                     | open                    |
    And every flow is as the policies say

  Scenario: Egress that does not name the pods behind a balancer does not reach it
    When "other" denies all egress
    Then every pod of "other" can no longer reach load balancer "shop/front" on TCP/80
    And every pod of "other" can no longer reach load balancer "shop/kept" on TCP/80
    And every flow is as the policies say

  @nodeport
  Scenario: A node without a pod of its own drops what comes from outside where the client's address is kept
    Then on TCP/30091 the truth table is
      |                   | node node-1 | node node-2 |
      | host user.example | open        | open        |
    When "shop/b" is relabelled "app=elsewhere"
    Then host "user.example" can no longer reach node "node-2" on TCP/30091
    And host "user.example" can still reach node "node-1" on TCP/30091
    And host "user.example" can still reach load balancer "shop/kept" on TCP/80
