# Reminder letters to partners, French (vous).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.
#
# A no-break space (U+00A0) stands before a colon and a narrow one (U+202F)
# before a semicolon, as French typography asks.

letter-subject = { $count ->
    [one] 1 rappel concernant vos bons : { $partner }
   *[other] { $count } rappels concernant vos bons : { $partner }
}
letter-greeting = Bonjour { $name },
letter-greeting-nameless = Madame, Monsieur,
letter-intro = { $count ->
    [one] Vous recevez ce rappel car un point concernant vos bons et vos inscriptions demande votre attention (situation au { $date }).
   *[other] Vous recevez ce rappel car { $count } points concernant vos bons et vos inscriptions demandent votre attention (situation au { $date }).
}

topic-enrollment-renewal = Inscriptions à renouveler
topic-enrollment-renewal-item = Votre inscription à l’offre { $offering }, effectuée le { $enrolled }, aura un an le { $due }. Veuillez la renouveler au plus tard à cette date ({ $portal }).

topic-voucher-expiry = Bons arrivant à expiration
topic-voucher-expiry-item = Le bon { $voucher } pour { $customer } ({ $engagement }{ $days ->
    [0] { "" }
    [one] , 1 jour
   *[other] , { $days } jours
}) arrive à expiration : le dernier jour pour l’utiliser est le { $due }. Doivent être faits au plus tard à cette date : réalisation de la mission, { $report }, utilisation du bon.

topic-unclaimed = Bons utilisés sans demande de paiement
topic-unclaimed-item = Le bon { $voucher } pour { $customer } a été utilisé le { $redeemed }, mais le paiement n’a pas encore été demandé. La demande de paiement doit être déposée au plus tard le { $due }. { $codes ->
    [none] Aucun point en suspens ne la bloque.
   *[other] Points en suspens qui la bloquent : { $codes }.
}
topic-unclaimed-item-amount = Le bon { $voucher } pour { $customer } a été utilisé le { $redeemed }, mais le paiement n’a pas encore été demandé. La valeur de la prestation est de { $amount }. La demande de paiement doit être déposée au plus tard le { $due }. { $codes ->
    [none] Aucun point en suspens ne la bloque.
   *[other] Points en suspens qui la bloquent : { $codes }.
}

letter-partner-portal = portail partenaires
letter-report = rapport
letter-codes-separator = { ", " }
letter-closing = Pour toute question, il vous suffit de répondre à ce message ; nous vous aiderons volontiers.
letter-signature =
    Cordialement,
    Le service des bons
letter-footer = Message automatique. Données arrêtées au { $date }. Référence : { $reference }
