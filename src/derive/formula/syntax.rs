//! The notation of formulas: text to tokens to an expression, with the place of each part.

use rust_decimal::Decimal;

use super::{FILTERS, Filter, Function};
use crate::diagnostic::{Checked, Diagnostic, Message, Span, data as findings, say};
use crate::model::data::MOST_DECIMALS;
use crate::parse::Formula;

/// A formula, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What is worked out.
    pub expression: Expression,
    /// How it is printed.
    pub filters: Vec<Filter>,
}

/// What is worked out.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number {
        /// The number, with its decimals.
        value: Decimal,
        /// Where it stands.
        span: Span,
    },
    /// A value of an indicator: `physicians[kumamoto, 2018]`; within an indicator also `physicians`.
    Value {
        /// The indicator.
        indicator: Word,
        /// The area or hospital; where none is given, that of the cell that is worked out.
        entity: Option<Word>,
        /// The period; where none is given, the latest, or that of the cell that is worked out.
        period: Option<Word>,
        /// Where all of it stands.
        span: Span,
    },
    /// A function of one or two things: `change(physicians, 2008, 2018)`.
    Call {
        /// Which.
        function: Function,
        /// What it is of.
        of: Box<Expression>,
        /// The second thing, where it takes one.
        other: Option<Box<Expression>>,
        /// Everything else between its parentheses: periods, areas, numbers.
        words: Vec<Word>,
        /// Where all of it stands.
        span: Span,
    },
    /// The negative of something.
    Negated {
        /// Of what.
        operand: Box<Expression>,
        /// Where it stands.
        span: Span,
    },
    /// Two things and what is done with them.
    Binary {
        /// What is done.
        operator: Operator,
        /// The first.
        left: Box<Expression>,
        /// The second.
        right: Box<Expression>,
        /// Where all of it stands.
        span: Span,
    },
}

impl Expression {
    /// The indicators that it names.
    pub fn indicators(&self) -> Vec<&Word> {
        match self {
            Expression::Number { .. } => Vec::new(),
            Expression::Value { indicator, .. } => vec![indicator],
            Expression::Negated { operand, .. } => operand.indicators(),
            Expression::Binary { left, right, .. } => [left.indicators(), right.indicators()].concat(),
            Expression::Call { of, other, .. } => {
                let mut indicators = of.indicators();
                indicators.extend(other.iter().flat_map(|other| other.indicators()));
                indicators
            }
        }
    }

    /// Where the expression stands.
    pub fn span(&self) -> &Span {
        match self {
            Expression::Number { span, .. }
            | Expression::Value { span, .. }
            | Expression::Call { span, .. }
            | Expression::Negated { span, .. }
            | Expression::Binary { span, .. } => span,
        }
    }
}

/// What is done with two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// +
    Add,
    /// −
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
}

impl Operator {
    /// How strongly it binds.
    fn strength(self) -> u8 {
        match self {
            Operator::Add | Operator::Subtract => 1,
            Operator::Multiply | Operator::Divide => 2,
        }
    }
}

/// A name as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The most tokens of a formula: what is longer is no formula, and a tree of it might be deeper than the stack.
const MOST_TOKENS: usize = 400;

/// The deepest nesting of parentheses and signs.
const DEEPEST: usize = 40;

/// Takes a formula apart, or says what is wrong with it.
pub fn parse(formula: &Formula) -> Checked<Option<Parsed>> {
    let parsed = Lexer::new(formula).tokens().and_then(|tokens| Parser { formula, tokens, at: 0, depth: 0 }.formula());
    match parsed {
        Ok(parsed) => Checked::clean(Some(parsed)),
        Err(finding) => Checked::new(None, vec![*finding]),
    }
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Decimal),
    Word(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    /// A sign that means nothing in arithmetic, but may be a part of a name.
    Stray(char),
    /// What stands between `[` and `]`, parted at commas.
    Arguments(Vec<Word>),
    Pipe,
}

struct Lexer<'f> {
    formula: &'f Formula,
    tokens: Vec<(Token, Span)>,
    /// The parentheses that are open, and whether each is that of a function: commas part what stands in it.
    calls: Vec<bool>,
}

impl<'f> Lexer<'f> {
    fn new(formula: &'f Formula) -> Lexer<'f> {
        Lexer { formula, tokens: Vec::new(), calls: Vec::new() }
    }

    fn tokens(mut self) -> Result<Vec<(Token, Span)>> {
        let text = &self.formula.text;
        let mut at = 0;
        while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if self.tokens.len() >= MOST_TOKENS {
                return fault(self.span(at, text.len()), say("式が長すぎます", "it is too long"));
            }
            let end = at + character.len_utf8();
            at = match narrow(character) {
                ' ' | '\t' | '\n' | '\r' => end,
                '+' => self.push(Token::Operator(Operator::Add), at, end),
                '-' => self.push(Token::Operator(Operator::Subtract), at, end),
                '*' => self.push(Token::Operator(Operator::Multiply), at, end),
                '/' => self.push(Token::Operator(Operator::Divide), at, end),
                '(' => {
                    self.calls.push(matches!(self.tokens.last(), Some((Token::Word(_), _))));
                    self.push(Token::Open, at, end)
                }
                ')' => {
                    self.calls.pop();
                    self.push(Token::Close, at, end)
                }
                ',' | '、' if self.in_call() => self.push(Token::Comma, at, end),
                '|' => self.push(Token::Pipe, at, end),
                '[' => self.arguments(at, end)?,
                '0'..='9' | '.' => self.number(at)?,
                first if first.is_alphabetic() || first == '_' => self.word(at),
                other => self.push(Token::Stray(other), at, end),
            };
        }
        Ok(self.tokens)
    }

    fn push(&mut self, token: Token, start: usize, end: usize) -> usize {
        let span = self.span(start, end);
        self.tokens.push((token, span));
        end
    }

    /// The end of the run of characters from `start` that `belongs` accepts.
    fn run(&self, start: usize, belongs: fn(char) -> bool) -> usize {
        let rest = self.formula.text.get(start..).unwrap_or_default();
        rest.find(|character| !belongs(narrow(character))).map_or(self.formula.text.len(), |length| start + length)
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.formula.text.get(start..end).unwrap_or_default()
    }

    fn in_call(&self) -> bool {
        self.calls.last() == Some(&true)
    }

    fn number(&mut self, start: usize) -> Result<usize> {
        let plain = |character: char| character.is_ascii_digit() || character == '.';
        let with_commas = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
        let end = self.run(start, if self.in_call() { plain } else { with_commas });
        let digits: String = self.slice(start, end).chars().map(narrow).collect();
        let span = self.span(start, end);
        if digits.contains(',') {
            let cause = say("数値の桁区切りのコンマは書きません", "numbers are written without commas here");
            return fault(span, cause);
        }
        // As a word of a function it is the area or period of the cell itself.
        if digits == "." && self.in_call() {
            return Ok(self.push(Token::Word(digits), start, end));
        }
        let number = Decimal::from_str_exact(&digits);
        let number = number.or_else(|_| {
            fault(span, say(format!("{digits} は数値ではありません"), format!("{digits} is not a number")))
        })?;
        Ok(self.push(Token::Number(number), start, end))
    }

    fn word(&mut self, start: usize) -> usize {
        let end = self.run(start, |character| character.is_alphanumeric() || character == '_');
        let word = self.slice(start, end).to_owned();
        self.push(Token::Word(word), start, end)
    }

    /// Names between brackets are taken as they are, for they may hold hyphens, spaces and dots.
    fn arguments(&mut self, start: usize, inner: usize) -> Result<usize> {
        let rest = self.formula.text.get(inner..).unwrap_or_default();
        let Some(length) = rest.find([']', '］']) else {
            return fault(self.span(start, inner), say("[ を閉じる ] がありません", "this [ is not closed"));
        };
        let close = inner + length;
        let mut words = Vec::new();
        let mut at = inner;
        for piece in self.slice(inner, close).split([',', '，', '、']) {
            let begin = at + piece.len() - piece.trim_start().len();
            let text = piece.trim();
            words.push(Word { text: text.to_owned(), span: self.span(begin, begin + text.len()) });
            at += piece.len();
            at += self.formula.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
        let end = close + self.formula.text.get(close..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Ok(self.push(Token::Arguments(words), start, end))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let base = self.formula.span.start;
        Span::new(&self.formula.span.path, base + start, base + end)
    }
}

fn fault<T>(span: Span, cause: Message) -> Result<T> {
    Err(Box::new(findings::formula_syntax(span, cause)))
}

/// What a Japanese keyboard writes, as what is meant.
fn narrow(character: char) -> char {
    const SHIFT: u32 = '！' as u32 - '!' as u32;
    match character {
        '×' | '∗' | '✕' => '*',
        '÷' | '∕' => '/',
        '−' | '‐' | '‑' | '–' => '-',
        '\u{3000}' | '\u{a0}' => ' ',
        '！'..='～' => char::from_u32(character as u32 - SHIFT).unwrap_or(character),
        _ => character,
    }
}

struct Parser<'f> {
    formula: &'f Formula,
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn formula(mut self) -> Result<Parsed> {
        let expression = self.expression(0)?;
        let mut filters = Vec::new();
        while let Some((token, span)) = self.next() {
            match token {
                Token::Pipe => filters.push(self.filter(span)?),
                Token::Close => return fault(span, say("対応する ( がありません", "this ) has no (")),
                Token::Stray(sign) => return stray(span, sign),
                _ => return fault(span, say("ここに + - * / が必要です", "an operator is missing before this")),
            }
        }
        Ok(Parsed { expression, filters })
    }

    fn next(&mut self) -> Option<(Token, Span)> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The end of the formula, for what is missing there.
    fn end(&self) -> Span {
        let end = self.formula.span.start + self.formula.text.len();
        Span::new(&self.formula.span.path, end, end)
    }

    /// An expression whose operators bind more strongly than `strength`.
    fn expression(&mut self, strength: u8) -> Result<Expression> {
        let mut left = self.operand()?;
        while let Some(Token::Operator(operator)) = self.peek().cloned()
            && operator.strength() > strength
        {
            self.at += 1;
            let right = self.expression(operator.strength())?;
            let span = Span::new(&left.span().path, left.span().start, right.span().end);
            left = Expression::Binary { operator, left: Box::new(left), right: Box::new(right), span };
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expression> {
        let Some((token, span)) = self.next() else {
            return fault(self.end(), say("式が途中で終わっています", "something is missing at its end"));
        };
        match token {
            Token::Number(value) => Ok(Expression::Number { value, span }),
            Token::Word(name) if self.peek() == Some(&Token::Open) => {
                self.deeper(&span.clone(), |parser| parser.call(Word { text: name, span }))
            }
            Token::Word(name) => self.value(Word { text: name, span }),
            Token::Open => {
                let inner = self.deeper(&span, |parser| parser.expression(0))?;
                match self.next() {
                    Some((Token::Close, _)) => Ok(inner),
                    _ => fault(span, say("( を閉じる ) がありません", "this ( is not closed")),
                }
            }
            Token::Operator(Operator::Subtract) => {
                // A sign binds more strongly than any operator.
                let operand = self.deeper(&span, Parser::operand)?;
                let span = Span::new(&span.path, span.start, operand.span().end);
                Ok(Expression::Negated { operand: Box::new(operand), span })
            }
            Token::Operator(Operator::Add) => self.deeper(&span, Parser::operand),
            Token::Operator(_) => {
                fault(span, say("この記号の前に値がありません", "there is no value before this sign"))
            }
            Token::Close => fault(span, say("対応する ( がありません", "this ) has no (")),
            Token::Arguments(_) => {
                fault(span, say("[ の前に指標の id がありません", "there is no indicator before this ["))
            }
            Token::Pipe => fault(span, say("| の前に値がありません", "there is no value before this |")),
            Token::Comma => fault(span, say("コンマの前に値がありません", "there is no value before this comma")),
            Token::Stray(sign) => stray(span, sign),
        }
    }

    /// What stands between the parentheses of a function.
    fn call(&mut self, name: Word) -> Result<Expression> {
        let Some(function) = Function::named(&name.text) else {
            let known = Function::ALL.iter().map(|function| function.name());
            return Err(Box::new(findings::unknown_function(name.span, &name.text, known)));
        };
        let open = self.next().map_or_else(|| self.end(), |(_, span)| span);
        let of = self.expression(0)?;
        let (mut other, mut words) = (None, Vec::new());
        let close = loop {
            match self.next() {
                Some((Token::Close, close)) => break close,
                Some((Token::Comma, _)) if function.takes_two() && other.is_none() => {
                    other = Some(Box::new(self.expression(0)?));
                }
                Some((Token::Comma, comma)) => words.push(self.words(comma.end)),
                Some((Token::Stray(sign), span)) => return stray(span, sign),
                Some((_, span)) => {
                    return fault(span, say("ここに , か ) が必要です", "a comma or ) is missing before this"));
                }
                None => return fault(open, say("( を閉じる ) がありません", "this ( is not closed")),
            }
        };
        let span = Span::new(&close.path, name.span.start, close.end);
        let (least, most) = function.words();
        let complete = (least..=most).contains(&words.len()) && function.takes_two() == other.is_some();
        if !complete || words.iter().any(|word| word.text.is_empty()) {
            return Err(Box::new(findings::function_arguments(span, function.name(), function.usage())));
        }
        Ok(Expression::Call { function, of: Box::new(of), other, words, span })
    }

    /// The text up to the next comma or parenthesis, as it is: names and periods may hold hyphens and dots.
    fn words(&mut self, start: usize) -> Word {
        while self.peek().is_some_and(|token| !matches!(token, Token::Comma | Token::Close)) {
            self.at += 1;
        }
        let end = self.tokens.get(self.at).map_or_else(|| self.end(), |(_, span)| span.clone());
        let base = self.formula.span.start;
        let text =
            self.formula.text.get(start.saturating_sub(base)..end.start.saturating_sub(base)).unwrap_or_default();
        let begin = start + text.len() - text.trim_start().len();
        let text = text.trim();
        Word { text: text.to_owned(), span: Span::new(&end.path, begin, begin + text.len()) }
    }

    fn deeper<T>(&mut self, span: &Span, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= DEEPEST {
            return fault(span.clone(), say("括弧が深すぎます", "it is nested too deeply"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn value(&mut self, indicator: Word) -> Result<Expression> {
        let Some(Token::Arguments(arguments)) = self.peek().cloned() else {
            let span = indicator.span.clone();
            return Ok(Expression::Value { indicator, entity: None, period: None, span });
        };
        let brackets = self.next().map_or_else(|| self.end(), |(_, span)| span);
        let span = Span::new(&brackets.path, indicator.span.start, brackets.end);
        if let Some(empty) = arguments.iter().find(|word| word.text.is_empty()) {
            return fault(
                empty.span.clone(),
                say("[ ] の中に空の項目があります", "a name is missing between the brackets"),
            );
        }
        let mut arguments = arguments.into_iter();
        match (arguments.next(), arguments.next(), arguments.next()) {
            (Some(entity), period, None) => {
                let entity = Some(entity).filter(|entity| entity.text != ".");
                Ok(Expression::Value { indicator, entity, period, span })
            }
            _ => fault(
                brackets,
                say("[ ] の中は [地域] か [地域, 時点] です", "the brackets take [area] or [area, period]"),
            ),
        }
    }

    fn filter(&mut self, pipe: Span) -> Result<Filter> {
        let Some((Token::Word(name), span)) = self.next() else {
            return fault(pipe, say("| のあとに書式の名前がありません", "no filter follows this |"));
        };
        let argument = self.filter_argument()?;
        let filter = match name.as_str() {
            "precision" => return precision(&name, argument, span),
            "signed" => Filter::Signed,
            "unit" => Filter::Unit,
            "plain" => Filter::Plain,
            "percent" => Filter::Percent,
            "compact" if argument.is_some() => return compact(argument, span),
            "compact" => Filter::Compact,
            "sign" => Filter::Signed,
            "ordinal" => Filter::Ordinal,
            "era" => Filter::Era,
            "period" => Filter::Period,
            _ => return Err(Box::new(findings::unknown_filter(span, &name, FILTERS))),
        };
        match argument {
            Some((_, place)) => {
                Err(Box::new(findings::filter_argument(place, &name, say("引数なし", "nothing between parentheses"))))
            }
            None => Ok(filter),
        }
    }

    /// What stands between the parentheses after a filter.
    fn filter_argument(&mut self) -> Result<Option<(Decimal, Span)>> {
        if self.peek() != Some(&Token::Open) {
            return Ok(None);
        }
        let open = self.next().map_or_else(|| self.end(), |(_, span)| span);
        match (self.next(), self.next()) {
            (Some((Token::Number(number), span)), Some((Token::Close, _))) => Ok(Some((number, span))),
            _ => fault(open, say("括弧の中は数値一つです", "the parentheses take one number")),
        }
    }
}

/// A sign that has no meaning where it stands.
fn stray<T>(span: Span, sign: char) -> Result<T> {
    fault(span, say(format!("{sign} は使えません"), format!("{sign} has no meaning here")))
}

/// `compact(1)`: short, with so many decimals.
fn compact(argument: Option<(Decimal, Span)>, span: Span) -> Result<Filter> {
    match precision("compact", argument, span)? {
        Filter::Precision(digits) => Ok(Filter::CompactTo(digits)),
        other => Ok(other),
    }
}

fn precision(name: &str, argument: Option<(Decimal, Span)>, span: Span) -> Result<Filter> {
    let place = argument.as_ref().map_or(span, |(_, place)| place.clone());
    let digits = argument.and_then(|(number, _)| u32::try_from(number).ok().filter(|_| number.scale() == 0));
    match digits.filter(|digits| *digits <= MOST_DECIMALS) {
        Some(digits) => Ok(Filter::Precision(digits)),
        None => {
            let expected = say(
                format!("小数点以下の桁数: {name}(0) から {name}({MOST_DECIMALS})"),
                format!("the number of decimals: {name}(0) to {name}({MOST_DECIMALS})"),
            );
            Err(Box::new(findings::filter_argument(place, name, expected)))
        }
    }
}
