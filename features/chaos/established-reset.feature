@chaos @established:reset
Feature: Connections that stand when they are denied, where their opener is told

  Background:
    Given the namespaces
      | namespace | labels     |
      | shop      | team=shop  |
      | front     | team=front |
    And the pods
      | pod       | labels  | serves            | node   |
      | front/web | app=web | TCP/8080          | node-1 |
      | shop/api  | app=api | TCP/8080,UDP/5353 | node-2 |
      | shop/two  | app=api | TCP/8080          | node-2 |
    And this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-front}
      spec:
        podSelector: {matchLabels: {app: api}}
        policyTypes: [Ingress]
        ingress:
          - from:
              - namespaceSelector: {matchLabels: {team: front}}
                podSelector: {matchLabels: {app: web}}
      """
    And "front/web" to "shop/api" on TCP/8080 is held open
    And "front/web" to "shop/api" on UDP/5353 is held open

  Scenario: The policy is updated, and deleted
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: from-front}
      spec:
        podSelector: {matchLabels: {app: api}}
        policyTypes: [Ingress]
      """
    Then "front/web" cannot reach "shop/api" on TCP/8080
    And the connection "front/web" to "shop/api" on TCP/8080 is reset
    And the connection "front/web" to "shop/api" on UDP/5353 is reset

  Scenario: Another policy denies egress
    When "front" denies all egress
    Then "front/web" cannot reach "shop/api" on TCP/8080
    And the connection "front/web" to "shop/api" on TCP/8080 is reset
    And the connection "front/web" to "shop/api" on UDP/5353 is reset

  Scenario: The opener is relabelled
    When "front/web" is relabelled "app=other"
    Then "front/web" cannot reach "shop/api" on TCP/8080
    And the connection "front/web" to "shop/api" on TCP/8080 is reset
    And the connection "front/web" to "shop/api" on UDP/5353 is reset

  Scenario: Its namespace is relabelled
    When namespace "front" is relabelled "team=other"
    Then "front/web" cannot reach "shop/api" on TCP/8080
    And the connection "front/web" to "shop/api" on TCP/8080 is reset
    And the connection "front/web" to "shop/api" on UDP/5353 is reset
