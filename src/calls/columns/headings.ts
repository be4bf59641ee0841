/**
 * The dictionary of headings. It maps column names from exports of call systems, CRMs and Metrica
 * to the columns of a call. docs/headings.md has the source of each name.
 */
import { type ColumnName, isCallColumn } from './columns.ts';

/**
 * The meaning of a heading: a column of a call, a part of such a column, or something that a call
 * does not have.
 */
export type Meaning =
  | ColumnName
  /** The day of a call. The time of day may be in another column. */
  | 'Date'
  /** The time of day of a call. */
  | 'Time'
  /**
   * A duration. It is the talk duration, unless the file has another column for the talk duration
   * or for the hold duration.
   */
  | 'Duration'
  /** How a call ended, in words. */
  | 'Status'
  /** Whether somebody answered: the opposite of `CallMissed`. */
  | 'Answered'
  /**
   * Something else, for example the company's phone line, another id, or the name of an operator.
   */
  | 'Other';

/** An entry of the dictionary. */
export interface Heading {
  readonly means: Meaning;
  /** Whether the heading always has this meaning. If not, the values must confirm the meaning. */
  readonly isSure: boolean;
}

/** Headings with one meaning, in the form of {@link headingKey}, separated by spaces. */
const SURE: Readonly<Partial<Record<Meaning, string>>> = {
  DateTime:
    'датаивремя датавремя датазвонка датаивремязвонка датавремязвонка времязвонка датавызова датаивремявызова времяначала времяначалазвонка началозвонка началоразговора датаначала датаначалазвонка датавремяначала датаивремяначала датаобращения датасоздания датапоступления calldate calldatetime callstart callstarttime callstartdate calltimestamp calledat startedat starttime starttimeutc startdate startstamp start timestart datetime datetimestart datetimestartutc datetimeconnectutc datetimeorigination initiationtime createdat datecreated creationdate timestamp callstartdatetime hstimestamp communicationdatetime callat createdatetime inittimegmt starttimegmt notificationtime ymsdatetime ymsdatetimeutc',
  PhoneNumber:
    'телефон телефонклиента номертелефона номерклиента номерзвонящего телефонзвонящего ктозвонил звонящий откудазвонили телефонконтакта контактныйтелефон мобильныйтелефон phone phonenumber clientphone customerphone customerphonenumber contactphone contactphonenumber contactnumber caller callernumber callerphone callerphonenumber callerid calleridnumber callingnumber callingpartynumber callfrom callfromnumber clid cnum src sourcenumber fromno fromnumber fromphonenumber hscallfromnumber phonefrom externalnumber clientnumber fromphone fromusername numa phones звонокс номерот сномера номерзвонившего номерпосетителя телефонпосетителя телефонзвонившего номервызывающего вызывающийномер контактрабочийтелефон контактмобильныйтелефон контакттелефон рабочийтелефонконтакт мобильныйтелефонконтакт аон ani anumber orignumber srcnum',
  ClientId:
    'clientidметрики clientidметрика clientidяндекс clientidяндексметрики clientidяндексметрика clientidyandex yandexclientid metrikaclientid metricaclientid yandexmetrikaclientid yandexmetricaclientid ymclientid yaclientid yclientid clientidym ymuid metrikaid visitmetrikaclientid ymsclientid idпосетителяметрики',
  Yclid: 'yclid yandexclid yandexclickid ymsyclid идентификаторкликаяндекс',
  UserId: 'ymsuserid идентификаторпользователяметрики',
  Duration:
    'dauer gesprächsdauer durée duración duração durata czastrwania süre длительность длительностьзвонка длительностьвызова продолжительность продолжительностьзвонка продолжительностьвызова общаядлительность общаядлительностьзвонка длительностьс длительностьсек длительностьвсекундах duration durationsec durationsecs durationseconds callduration calldurationseconds calldurationinseconds calltime totalduration totalcallduration seconds hscallduration callduraction calllength fulldurationsec totaltimeduration длительностьзвонкасек длительностьвызовасек',
  TalkDuration:
    'длительностьразговора продолжительностьразговора времяразговора разговор разговорсек длительностьразговорасек talkduration talktime talking talkingduration talkduraction billsec billedduration billableduration conversationduration conversationtime connectedduration connectedtime talktimeduration usertalktime answerduration bridgedduration billseconds ymsofflinecalltalkduration',
  HoldDuration:
    'времяожидания ожидание ожиданиесек длительностьожидания ожиданиеответа времяожиданияответа времядоответа дозвон holdduration timetoanswer ringing времяответа времяответасек agentringtime wait waittime waitsec waitsecs waitduration waitingtime waitingconnect ring ringtime ringduration ringingduration queuetime tta waittimeduration ymsofflinecallholdduration',
  CallMissed:
    'пропущен пропущенный пропущенные звонокпропущен неотвечен неотвеченный безответа abandoned missed ismissed callmissed islost lost missedcall ymsofflinecallmissed',
  Answered:
    'answered isanswered wasanswered callanswered отвечен отвечено отвеченный звонокотвечен',
  Price:
    'сумма суммасделки суммазаказа суммапродажи стоимостьзаказа стоимостьсделки ценность ценностьзвонка выручка доход бюджет бюджетсделки revenue dealamount dealvalue saleamount salesvalue conversionvalue ordervalue saleprice',
  Currency: 'валюта валютасделки currency currencycode dealcurrency',
  Tag: 'тег теги метка метки tag tags taglist taglabel ymsofflinecalltag',
  URL: 'страницавхода посадочнаястраница страницазвонка адресстраницы url pageurl landing landingpage landingpageurl landingurl entrypage entrancepage fullurl lidlanding ymsofflinecallurl ymsstarturl',
  CallTrackerURL:
    'ссылканазапись записьразговора записьзвонка файлзаписи карточказвонка recordurl recordingurl recordinglink calltrackerurl callcard hscallrecordingurl linktocall audio callurl filelink linkdownload recordingwav',
  FirstTimeCaller:
    'первыйзвонок новыйклиент уникальный уникальныйзвонок первичный первичныйзвонок впервые firstcall firsttimecaller isnewcaller isfirstcall newcaller uniquecall firsttime isnewcall visitorisnew ymsofflinecallfirsttimecaller',
  Other:
    'номерсотрудника сотрудник менеджер оператор ответственный ктоответил добавочный внутреннийномер линия номерлинии входящаялиния виртуальныйномер подменныйномер номерназначения городскойномер вызываемыйномер кудазвонили комузвонили телефонкомпании направление типзвонка типвызова тип idзвонка идентификаторзвонка idсделки номерсделки отдел virtualphonenumber trackingnumber trackingphonenumber dst did diddid didddi didnumber destination destinationnumber destinationdid calledid callednumber callednumbers callee calleenumber callto tonumber tono dialno tophonenumber hscalltonumber internalnumber justcallnumber originalcalledpartynumber finalcalledpartynumber agent agentname operator operatorname employee manager extension line linenumber direction calldirection calltype communicationtype hscalldirection callid callsid calluuid callidentifier callrecordid callobjectidentifier conversationuuid uniqueid linkedid sid sessionid acctid uuid entryid globalcallidcallid googleclientid gaclientid clientidgoogle cid gclid успешный successful успешно повторный repeatedflag firsttimerepeat первичныйповторный cleantalkduration priceunit uaclientid googleid ctclientid portalnumber portaluserid calleddid connectedwith diversion fromextension toextension numb receivernumber to tophone tousername bridgedusername transfernumber звонокк исходящаялиния ктоговорил кторазговаривал куда наномер номеркому направлениезвонка flow isincoming incoming gateway account via sip internal via phoneto businessphonenumber finishtime finishdatetime finish finishedat end endtime enddate enddatetime endedat endat endstamp callend callendtime callendedat timeend hangup hanguptime hangupat disconnecttime datetimedisconnect answer answertime answeredat answerstamp timeanswered connecttime answerdate updatedat stoptime датазавершения времязавершения окончание времяокончания датаокончания датаивремяокончания окончаниезвонка времяокончаниязвонка датавремяокончания handletime totalwaitduration bnumber destnumber dstnum кудазвонил комузвонил id callsessionid referenceid sipcallid appealid communicationid communicationnumber callvote оценка схема scenarioname scriptname poolname operatorname responsiblemanager ответственныйизcrm abonent',
};

/** Headings whose meaning the values must confirm. */
const MAYBE: Readonly<Partial<Record<Meaning, string>>> = {
  DateTime: 'начало создан создано create',
  Date: 'дата datum fecha data tarih date день day calldateonly ymsdate',
  Time: 'время uhrzeit zeit hora heure time часы',
  PhoneNumber:
    'номер номерабонента телефонабонента абонент rufnummer telefonnummer anrufer numéro numero telefono number source from откуда источникзвонка контакт клиент client customer contact participants номер1 телефон1',
  ClientId:
    'clientid visitorsid idпосетителя идентификаторпосетителя идентификаторклиента clientids yandexid',
  UserId: 'userid',
  HoldDuration: 'holdtime',
  Price: 'цена стоимость price cost value amount salecost',
  Status:
    'статус status результат result outcome hangupcause reasonterminated reason причиназавершения состояние статусзвонка статусвызова результатзвонка результатвызова callstatus callresult disposition hscallstatus calldisposition callfailedcode callfailedreason statuscode disconnectreason finishreason sipstatus missedanswered пропущенныйотвеченный',
  Tag: 'источник канал рекламнаякампания кампания источниктрафика utmsource utmcampaign utmmedium campaign channel leadsource leadcampaign комментарий тема advertisingcampaign callsource campaignname categorymark employeemark namechannel traffictype comment',
  URL: 'страница page referrer реферер сайт site',
  CallTrackerURL: 'запись ссылка record recording recordingfile link',
  FirstTimeCaller: 'новый повторный new unique isunique',
};

const DICTIONARY: () => ReadonlyMap<string, Heading> = (() => {
  let made: Map<string, Heading> | undefined;
  return () => (made ??= new Map([...headingsOf(MAYBE, false), ...headingsOf(SURE, true)]));
})();

function headingsOf(
  table: Readonly<Partial<Record<Meaning, string>>>,
  isSure: boolean,
): [string, Heading][] {
  return Object.entries(table).flatMap(([means, headings]) =>
    headings.split(' ').map((key): [string, Heading] => [key, { means: means as Meaning, isSure }]),
  );
}

/**
 * Reduces a heading to its letters and digits, in lower case. For example, `Date/Time Start (UTC)`
 * becomes `datetimestartutc`.
 */
export function headingKey(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Returns the meaning of a heading; `undefined` if the dictionary does not contain it. */
export function headingNamed(heading: string): Heading | undefined {
  return DICTIONARY().get(headingKey(heading));
}

/** Says whether a heading states that the times are in UTC, for example `start_time_utc`. */
export function saysUtc(heading: string): boolean {
  return headingNamed(heading)?.means === 'DateTime' && /(?:utc|gmt)$/.test(headingKey(heading));
}

/** Says whether a cell names a column of a call, or is a heading that always has one meaning. */
export function isHeading(name: string): boolean {
  return isCallColumn(name) || headingNamed(name)?.isSure === true;
}
