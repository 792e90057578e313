"""An invented list of names of many origins; nobody is meant by any of them."""

from __future__ import annotations

# Origin: share of people, given names, family names. A share is not of any place.
ORIGINS: dict[str, tuple[float, str, str]] = {
    "Spanish": (
        0.30,
        "alejandra alejandro antonio carolina daniela eduardo esperanza fernando"
        " francisco gabriel gabriela guadalupe guillermo ignacio isabel javier jesus"
        " jose leonardo luis maria mariana miguel natalia ricardo roberto rosario"
        " sergio valeria yesenia ximena itzel diego mateo camila lucia paloma rocio",
        "Aguirre Alvarez Barrera Campos Cardenas Castillo Chavez Contreras Cruz Delgado"
        " Dominguez Escobar Fuentes Galvan Garcia Gonzalez Gutierrez Hernandez Ibarra"
        " Jimenez Lopez Luna Macias Martinez Mejia Mendoza Morales Navarro Ochoa Ortiz"
        " Padilla Quintero Ramirez Reyes Rivera Rosales Salazar Sandoval Solis Trujillo"
        " Valdez Vega Villanueva Zamora",
    ),
    "English": (
        0.20,
        "alexander alexandra andrew benjamin bradley catherine charlotte christopher"
        " david elizabeth emily gregory jacob jennifer jessica john jonathan joseph"
        " joshua katherine madison matthew megan michael nicholas olivia rebecca robert"
        " samantha samuel stephanie thomas timothy victoria william zachary",
        "Abbott Archer Barlow Beckett Bishop Carver Chapman Dalton Draper Ellison"
        " Fletcher Foster Garner Hartley Holloway Jennings Keller Langley Marlow Mercer"
        " Norwood Osborne Parrish Quinn Ramsey Sawyer Thatcher Vance Whitlock",
    ),
    "African American": (
        0.13,
        "aaliyah amari andre brianna cameron darius deja destiny dominic ebony imani"
        " isaiah jada jalen jamal jasmine jordan keisha kiara lamar malik marcus nia"
        " raven shanice terrell tiana tyrell xavier zaire",
        "Ambrose Banks Battle Booker Broussard Coleman Dorsey Fontenot Gaines Hairston"
        " Ivory Jefferson Kingsby Latimore Mosley Pettway Rollins Singletary Toliver"
        " Washington Whitaker Yarborough",
    ),
    "Vietnamese": (
        0.05,
        "an anh binh chau cuong dung ha hai hoa huong khanh lan linh mai minh nam ngoc"
        " phuong quan thao thuy trang tuan vy",
        "Bui Dang Dinh Do Duong Ho Hoang Huynh Lam Le Luong Ly Ngo Nguyen Pham Phan"
        " Tran Trinh Truong Vo Vu",
    ),
    "Chinese": (
        0.05,
        "cheng fang hao hui jia jie jing jun kai lei li mei min ning ping qing rui shan"
        " tao wei xin yan ying yuan zhen",
        "Cai Cao Chan Cheng Deng Fong Gao Guo He Huang Jiang Kwok Liang Lin Liu Luo Ma"
        " Shen Sun Tang Wang Wong Wu Xie Xu Yang Yu Zhang Zhao Zhu",
    ),
    "Filipino": (
        0.05,
        "althea andrei bayani bea crisanto dalisay divina ernesto giselle imelda jomar"
        " kristine ligaya marisol noel precious rafael reynaldo rowena tala",
        "Abad Agbayani Alonzo Aquino Bautista Cabrera Catacutan Dimaculangan Esguerra"
        " Gatdula Ilagan Lacson Magsino Manalo Ocampo Pangilinan Salonga Tolentino"
        " Villareal",
    ),
    "Armenian": (
        0.03,
        "anahit ani aram arpine davit gayane hayk karine levon lusine mane mariam narek"
        " nune sona tigran vahan",
        "Abrahamyan Avetisyan Danielyan Gevorgyan Grigoryan Hakobyan Karapetyan"
        " Khachatryan Manukyan Petrosyan Sargsyan Vardanyan",
    ),
    "Arabic": (
        0.03,
        "ahmed aisha ali amira fatima hana hassan ibrahim khalid layla mohammed nour"
        " omar rania salma samir yasmin yusuf zainab",
        "Al-Amin Al-Hadi Aziz Darwish El-Masri Farouk Haddad Khalil Mansour Nasser"
        " Qasim Rahman Saleh Shaheen Tawfiq",
    ),
    "Persian": (
        0.02,
        "arash azadeh bahar dariush farah farhad kaveh leila maryam mina nasrin parisa"
        " reza roya shirin soraya",
        "Ahmadi Ebrahimi Farahani Ghorbani Hosseini Jafari Karimi Moradi Rostami"
        " Sadeghi Tehrani",
    ),
    "Korean": (
        0.025,
        "eun-ji ha-neul hye-jin ji-ho ji-woo jun-seo min-ji min-jun seo-yeon so-ra"
        " su-bin sung-min yoo-na young-ho",
        "Ahn Bae Cho Choi Han Hwang Jang Jeong Kang Kim Kwon Lee Lim Moon Oh Park Seo"
        " Shin Yoon",
    ),
    "Punjabi and Hindi": (
        0.03,
        "amandeep anjali arjun baljit deepa gurpreet harpreet jaspreet kiran manpreet"
        " neha priya rahul rajveer rohan simran sunita",
        "Bajwa Bhatia Chahal Dhillon Gill Grewal Gupta Kapoor Kaur Mehta Patel Sandhu"
        " Sharma Sidhu Singh Verma",
    ),
    "Hmong and Lao": (
        0.015,
        "bao chue gao houa kao khamla maiv mee nhia pa pao phouvong see tou yer",
        "Chang Hang Her Khang Lor Moua Phommasack Sayavong Thao Vang Vue Xiong",
    ),
    "Ethiopian and Eritrean": (
        0.015,
        "abeba bekele dawit eden feven hiwot kidane liya meron mulu rahel selam tesfaye"
        " yonas",
        "Abebe Alemu Berhane Desta Gebremedhin Haile Kebede Mengistu Tadesse"
        " Woldemariam Zewde",
    ),
    "Pacific": (
        0.01,
        "alofa fetu ioane kalani leilani losa malia mele nalani sefa sina sione talia"
        " vaimoana",
        "Faleolo Fonoti Kahale Kealoha Lolesio Mahina Ofahengaue Tuiasosopo Tupou"
        " Vakalahi",
    ),
    "Slavic": (
        0.02,
        "aleksei anastasia boris daria dmitri ekaterina galina ivan katya mikhail nadia"
        " natasha oksana pavel yuri",
        "Bondarenko Kovalenko Kuznetsov Lysenko Marchenko Novak Petrov Shevchuk Sokolov"
        " Tkachenko Volkov",
    ),
    "West African": (
        0.01,
        "abena adaeze ayo chidi chioma efua emeka femi ifeoma kofi kwame ngozi oluchi"
        " tunde yaa",
        "Adeyemi Afolabi Boateng Danso Eze Mensah Nwosu Obi Okafor Owusu",
    ),
    "Native": (
        0.015,
        "aiyana aponi chenoa dyani elan halona kai kaya mika nita shasta takoda winona",
        "Begay Bluefeather Cloud Eagleheart Greyhorse Littlebear Longwalker Redcorn"
        " Tsosie Whitecloud Yazzie",
    ),
}

# Family names that no list has: a beginning and an end, for the many that are rare.
_BEGINNINGS = """
    Alb Ald Arb Bal Ban Bel Ber Bor Bran Cal Cam Car Cas Cor Dal Dar Del Dor El Er Fal
    Far Fer Gal Gar Gor Hal Har Hol Isk Jan Jor Kal Kar Kel Kor Lan Lar Lev Lor Mal
    Mar Mel Mor Nar Nev Nor Or Pal Par Pel Per Ral Ran Ros Sal San Sel Sor Tal Tar Ter
    Tor Ul Val Van Ver Vol War Wel Wol Yar Zan Zel
"""
_ENDS = """
    abert ack aldi amont andi anez ano antes ari aro ashvili asko atori awe ayne bacher
    berg bourne brook by cott dale den dorf ek ella elli emba enko enzi er esco ester
    ette eva ez ford gard gate giano hart house ian ic ides iel ier ieux in ingham ini
    ison itsa ke land ley lin lund man mark mer mont more nell nik oba oglu ola ona
    onen ont opulos osa oski ova owicz port quist ridge rode sen set shaw ski son
    stad stein stone strom ton torp uchi ula ura vale vik vitz well wick wood worth
    yama yan
"""
RARE: tuple[str, ...] = tuple(b + e for b in _BEGINNINGS.split() for e in _ENDS.split())
RARE_SHARE = 0.35  # people whose family name is a rare one
TWO_FAMILY_NAMES = 0.25  # people of Spanish names who use both parents'

NAMES: dict[str, tuple[float, list[str], list[str]]] = {
    origin: (share, given.split(), family.split())
    for origin, (share, given, family) in ORIGINS.items()
}
