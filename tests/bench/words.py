"""The vocabulary of the made-up corpus: no firm, no person, no place.

A noun is written with its whole article (« le agenda »): the article tells the
gender, and ``sentences.smooth`` makes the elision.
"""

from __future__ import annotations


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split(";"))


PEOPLE = _list("""la gérante;le gérant;la comptable;le comptable;la apprentie;le apprenti;la vendeuse;le livreur;la secrétaire;le artisan;la équipe;
    le atelier;la boutique;le fournisseur;la cliente;le client;la associée;le associé;la stagiaire;le chef de chantier;la responsable des achats;le voisin;
    la mairie;la association;le club;la coopérative;le bureau;la menuisière;le boulanger;la fleuriste;le garagiste;la libraire;le magasinier;la formatrice;
    le technicien;la cuisinière;le maraîcher;la couturière;le imprimeur;la banque;le remplaçant;la trésorière;le conducteur;la infirmière;le potier""")

THINGS = _list("""le devis;la facture;le stock;le agenda;le carnet d'adresses;la liste des prix;le tableau;le planning;la fiche de paie;le bon de livraison;
    la commande;le formulaire;la sauvegarde;le mot de passe;la messagerie;le fichier des clients;la page de contact;le courrier;la note de frais;le relevé;
    la photographie du chantier;le cahier;la étiquette;le compteur;la caisse;le classeur;la lettre du mois;le contrat;la promesse;la preuve;le rendez-vous;
    la réunion;la question du lundi;le rapport;la dépense;le délai;la réponse;le horaire;la inscription;le annuaire;le brouillon;la consigne;le modèle de lettre;
    la carte des tournées;le tarif;le logiciel;la machine;le écran;la clé;le acompte;la relance;le inventaire;la adresse;le reçu;la garantie;le mode d'emploi;
    la convention;le registre;la colonne de droite;le bulletin;la somme;le abonnement;la licence;le rappel;la consultation;le calendrier;la enveloppe""")

ADJECTIVES = _list("""clair,claire;simple,simple;lisible,lisible;complet,complète;récent,récente;utile,utile;inutile,inutile;précis,précise;partagé,partagée;
    commun,commune;oublié,oubliée;imprimé,imprimée;fiable,fiable;discret,discrète;ordinaire,ordinaire;mensuel,mensuelle;gratuit,gratuite;coûteux,coûteuse;
    fragile,fragile;solide,solide;rapide,rapide;lent,lente;visible,visible;muet,muette;bavard,bavarde;vide,vide;exact,exacte;provisoire,provisoire""")

# Present, participle, infinitive.
VERBS = _list("""relit,relu,relire;classe,classé,classer;compte,compté,compter;note,noté,noter;vérifie,vérifié,vérifier;corrige,corrigé,corriger;
    imprime,imprimé,imprimer;range,rangé,ranger;compare,comparé,comparer;partage,partagé,partager;efface,effacé,effacer;recopie,recopié,recopier;
    prépare,préparé,préparer;ouvre,ouvert,ouvrir;ferme,fermé,fermer;envoie,envoyé,envoyer;attend,attendu,attendre;retrouve,retrouvé,retrouver;
    explique,expliqué,expliquer;mesure,mesuré,mesurer;simplifie,simplifié,simplifier;garde,gardé,garder;refuse,refusé,refuser;signe,signé,signer;
    demande,demandé,demander;montre,montré,montrer;remplace,remplacé,remplacer;suit,suivi,suivre;discute,discuté,discuter;annonce,annoncé,annoncer;
    écrit,écrit,écrire;affiche,affiché,afficher;emporte,emporté,emporter;essaie,essayé,essayer;abandonne,abandonné,abandonner;raccourcit,raccourci,raccourcir;
    surveille,surveillé,surveiller;transmet,transmis,transmettre;archive,archivé,archiver;améliore,amélioré,améliorer;cherche,cherché,chercher""")

MOMENTS = _list("""le lundi matin;chaque vendredi;avant la paie;après la fermeture;pendant trois mois;en fin de journée;au moment de la commande;à la rentrée;
    avant les congés;deux fois par semaine;le premier du mois;entre deux rendez-vous;au printemps;une fois par an;depuis six semaines;à midi;
    dès le premier jour;pendant la réunion;à la fin du trimestre;le soir même;au retour du chantier;avant de décrocher;quand le téléphone se tait""")

MANNERS = _list("""sans logiciel;à la main;avec un crayon;au téléphone;sans rien installer;avec un tableur;devant le client;à voix haute;en dix minutes;
    sur une feuille;avec deux collègues;sans y penser;pas à pas;de mémoire;avec les moyens du bord;au bon endroit;par petits morceaux;à tour de rôle;
    en une seule fois;avec une règle simple;sans mot de passe partagé;en gardant une copie;par ordre de date;sur un coin de table""")

NUMBERS = _list("deux;trois;quatre;cinq;six;sept;neuf;dix;douze;quinze;vingt;trente;quarante")
UNITS = _list("jours;semaines;mois;heures;commandes;devis;appels;factures;minutes;visites;réponses;lignes")

CATEGORIES = ("Essais", "Mesure", "Mode d'emploi", "Outils", "Organisation", "Sécurité", "Vidéos", "Revues de liens")

TAGS = _list("""temps;indicateurs;stock;devis;PME;artisan;sécurité;mots de passe;courrier;tableur;organisation;audience;site web;sauvegarde;factures;
    référencement;réunions;vidéo;flux;veille;accessibilité;données ouvertes;logiciel libre;formation;recrutement;paie;commerce;livraison;agenda;méthode;
    preuve;vote;association;mairie;messagerie;téléphone;archives;imprimante;cartes;prix;lettre d'information;avis de clients;photographies;planning;
    économies;énergie;écriture;lisibilité;caisse;contrats""")

TAG_QUALIFIERS = _list("au quotidien;en équipe;pour débuter;à distance;sans papier;en été;en hiver;sur le terrain;au comptoir;au bureau;pas à pas;à plusieurs")

HOSTS = _list("atelier;boutique;bureau;annuaire;carnet;guide;journal;mesures;outils;metiers;essais;gazette;pratique;registre;releve")
