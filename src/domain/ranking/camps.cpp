#include "domain/ranking/camps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <random>

namespace parley::ranking {

namespace {

constexpr size_t placed_votes_min = 7, placed_voters_min = 15;
constexpr size_t searched_points_max = 20'000;  // starts are compared on so many, evenly picked
constexpr size_t silhouette_points_max = 2'000;
constexpr int random_starts = 40, directions = 24, rounds_max = 200;

double squared_distance(Point const& a, Point const& b) { return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]); }

size_t nearest(Point const& point, std::vector<Point> const& centres)
{
    size_t best = 0;
    for (size_t centre = 1; centre < centres.size(); ++centre)
        if (squared_distance(point, centres[centre]) < squared_distance(point, centres[best]))
            best = centre;
    return best;
}

struct Clustering {
    std::vector<Point> centres;
    std::vector<size_t> label;
    double inertia = std::numeric_limits<double>::infinity();
};

// Lloyd 1982. An empty cluster stays where it is.
Clustering refine(std::vector<Point> const& points, std::vector<Point> centres)
{
    Clustering result { std::move(centres), std::vector<size_t>(points.size(), SIZE_MAX) };
    for (int round = 0; round < rounds_max; ++round) {
        bool is_moved = false;
        std::vector<Point> sums(result.centres.size(), Point { 0, 0 });
        std::vector<double> counts(result.centres.size());
        result.inertia = 0;
        for (size_t at = 0; at < points.size(); ++at) {
            size_t const label = nearest(points[at], result.centres);
            is_moved |= label != result.label[at];
            result.label[at] = label;
            result.inertia += squared_distance(points[at], result.centres[label]);
            sums[label][0] += points[at][0];
            sums[label][1] += points[at][1];
            counts[label] += 1;
        }
        if (!is_moved)
            break;
        for (size_t centre = 0; centre < sums.size(); ++centre)
            if (counts[centre] > 0)
                result.centres[centre] = { sums[centre][0] / counts[centre], sums[centre][1] / counts[centre] };
    }
    return result;
}

// Arthur and Vassilvitskii 2007. Written out, because the library's distributions differ from one to the next.
std::vector<Point> plus_plus(std::vector<Point> const& points, size_t count, std::mt19937_64& random)
{
    auto fraction = [&] { return double(random() >> 11) * 0x1p-53; };
    std::vector<Point> centres { points[size_t(fraction() * double(points.size()))] };
    std::vector<double> distance(points.size(), std::numeric_limits<double>::infinity());
    while (centres.size() < count) {
        double total = 0;
        for (size_t at = 0; at < points.size(); ++at)
            total += distance[at] = std::min(distance[at], squared_distance(points[at], centres.back()));
        double left = fraction() * total;
        size_t chosen = 0;
        while (chosen + 1 < points.size() && (left -= distance[chosen]) > 0)
            ++chosen;
        centres.push_back(points[chosen]);
    }
    return centres;
}

// Centres of the two sides of the middle, for lines of all directions.
std::vector<std::vector<Point>> line_starts(std::vector<Point> const& points)
{
    Point middle { 0, 0 };
    for (Point const& point : points)
        middle = { middle[0] + point[0] / double(points.size()), middle[1] + point[1] / double(points.size()) };
    std::vector<std::vector<Point>> starts;
    for (int direction = 0; direction < directions; ++direction) {
        double const angle = std::numbers::pi * direction / directions, x = std::cos(angle), y = std::sin(angle);
        std::vector<Point> sums(2, Point { 0, 0 });
        double counts[2] = { 0, 0 };
        for (Point const& point : points) {
            size_t const side = (point[0] - middle[0]) * x + (point[1] - middle[1]) * y > 0;
            sums[side] = { sums[side][0] + point[0], sums[side][1] + point[1] };
            counts[side] += 1;
        }
        if (counts[0] > 0 && counts[1] > 0)
            starts.push_back({ { sums[0][0] / counts[0], sums[0][1] / counts[0] }, { sums[1][0] / counts[1], sums[1][1] / counts[1] } });
    }
    return starts;
}

template <typename T> std::vector<T> evenly_picked(std::vector<T> const& all, size_t wanted)
{
    if (all.size() <= wanted)
        return all;
    std::vector<T> picked;
    for (size_t at = 0; at < wanted; ++at)
        picked.push_back(all[at * all.size() / wanted]);
    return picked;
}

Clustering cluster(std::vector<Point> const& points, size_t count, uint64_t seed)
{
    std::vector<Point> const searched = evenly_picked(points, searched_points_max);
    Clustering best;
    auto look = [&](std::vector<Point> start) {
        Clustering found = refine(searched, std::move(start));
        if (found.inertia < best.inertia)
            best = std::move(found);
    };
    if (count == 2)
        for (std::vector<Point>& start : line_starts(searched))
            look(std::move(start));
    std::mt19937_64 random(seed);
    for (int start = 0; start < random_starts; ++start)
        look(plus_plus(searched, count, random));
    return searched.size() == points.size() ? best : refine(points, best.centres);
}

double mean_silhouette(std::vector<Point> const& all_points, std::vector<size_t> const& all_labels, size_t count)
{
    std::vector<Point> const points = evenly_picked(all_points, silhouette_points_max);
    std::vector<size_t> const labels = evenly_picked(all_labels, silhouette_points_max);
    std::vector<double> sizes(count);
    for (size_t label : labels)
        sizes[label] += 1;
    double sum = 0;
    for (size_t at = 0; at < points.size(); ++at) {
        size_t const own = labels[at];
        if (sizes[own] < 2)
            continue;  // counts as 0
        std::vector<double> distance(count);
        for (size_t other = 0; other < points.size(); ++other)
            distance[labels[other]] += std::sqrt(squared_distance(points[at], points[other]));
        double const inside = distance[own] / (sizes[own] - 1);
        double outside = std::numeric_limits<double>::infinity();
        for (size_t label = 0; label < count; ++label)
            if (label != own && sizes[label] > 0)
                outside = std::min(outside, distance[label] / sizes[label]);
        if (double const larger = std::max(inside, outside); larger > 0)
            sum += (outside - inside) / larger;
    }
    return points.empty() ? 0 : sum / double(points.size());
}

// Gives camp `old` the label now[old].
void relabel(Camps& camps, std::vector<size_t> const& now)
{
    Camps before = camps;
    for (int8_t& camp : camps.of_voter)
        if (camp != no_camp)
            camp = static_cast<int8_t>(now[size_t(camp)]);
    for (size_t old = 0; old < now.size(); ++old) {
        camps.centres[now[old]] = before.centres[old];
        camps.sizes[now[old]] = before.sizes[old];
    }
}

}  // namespace

std::vector<uint32_t> placed_voters(VoteTable const& votes)
{
    size_t const votes_min = std::min<size_t>(placed_votes_min, votes.comments());
    std::vector<uint32_t> placed, rest;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        size_t const seen = votes.of_voter(voter).seen();
        if (seen > 0)
            (seen >= votes_min ? placed : rest).push_back(voter);
    }
    if (placed.size() < placed_voters_min) {
        std::stable_sort(rest.begin(), rest.end(), [&](uint32_t a, uint32_t b) { return votes.of_voter(a).seen() > votes.of_voter(b).seen(); });
        rest.resize(std::min(rest.size(), placed_voters_min - placed.size()));
        placed.insert(placed.end(), rest.begin(), rest.end());
        std::sort(placed.begin(), placed.end());
    }
    return placed;
}

Camps find_camps(std::span<Point const> positions, std::span<uint32_t const> placed, size_t count, uint64_t seed)
{
    Camps camps { std::vector<int8_t>(positions.size(), no_camp), std::vector<Point>(count, Point { 0, 0 }), std::vector<size_t>(count) };
    std::vector<Point> points;
    for (uint32_t voter : placed)
        points.push_back(positions[voter]);
    if (points.size() < count)
        return camps;
    Clustering const found = cluster(points, count, seed);
    camps.centres = found.centres;
    camps.inertia = found.inertia;
    for (size_t at = 0; at < placed.size(); ++at) {
        camps.of_voter[placed[at]] = static_cast<int8_t>(found.label[at]);
        ++camps.sizes[found.label[at]];
    }
    // The largest first; of equals the one with the lowest voter, which stable_sort over first appearances keeps.
    std::vector<size_t> order;
    for (size_t label : found.label)
        if (std::find(order.begin(), order.end(), label) == order.end())
            order.push_back(label);
    for (size_t label = 0; label < count; ++label)
        if (camps.sizes[label] == 0)
            order.push_back(label);
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return camps.sizes[a] > camps.sizes[b]; });
    std::vector<size_t> now(count);
    for (size_t label = 0; label < count; ++label)
        now[order[label]] = label;
    relabel(camps, now);
    return camps;
}

Camps find_camps_by_silhouette(std::span<Point const> positions, std::span<uint32_t const> placed, size_t count_max, uint64_t seed)
{
    Camps best = find_camps(positions, placed, 2, seed);
    bool is_first = true;
    std::vector<Point> points;
    for (uint32_t voter : placed)
        points.push_back(positions[voter]);
    for (size_t count = 2; count <= count_max && count <= placed.size(); ++count) {
        Camps found = count == 2 ? best : find_camps(positions, placed, count, seed);
        std::vector<size_t> labels;
        for (uint32_t voter : placed)
            labels.push_back(size_t(found.of_voter[voter]));
        found.silhouette = mean_silhouette(points, labels, count);
        bool is_large_enough = double(found.sizes.back()) >= 0.1 * double(placed.size());
        if (count == 2)
            best.silhouette = found.silhouette;
        if (is_large_enough && (is_first || found.silhouette > best.silhouette)) {
            best = std::move(found);
            is_first = false;
        }
    }
    return best;
}

void keep_labels(Camps& camps, std::span<int8_t const> before)
{
    size_t const count = camps.count();
    std::vector<std::vector<size_t>> together(count, std::vector<size_t>(count));
    for (size_t voter = 0; voter < std::min(before.size(), camps.of_voter.size()); ++voter)
        if (camps.of_voter[voter] != no_camp && before[voter] != no_camp && size_t(before[voter]) < count)
            ++together[size_t(camps.of_voter[voter])][size_t(before[voter])];
    // Camps are few: all ways to name them are tried, the present one first.
    std::vector<size_t> names(count), best(count);
    std::iota(names.begin(), names.end(), 0);
    best = names;
    size_t most = 0;
    do {
        size_t kept = 0;
        for (size_t camp = 0; camp < count; ++camp)
            kept += together[camp][names[camp]];
        if (kept > most) {
            most = kept;
            best = names;
        }
    } while (std::next_permutation(names.begin(), names.end()));
    relabel(camps, best);
}

CampHistory::CampHistory(std::vector<int8_t> of_voter, std::vector<Doubt> doubts)
    : doubts_(std::move(doubts))
{
    now_.of_voter = std::move(of_voter);
    now_.sizes.resize(2);
    for (int8_t camp : now_.of_voter)
        if (camp != no_camp)
            ++now_.sizes[size_t(camp)];
}

Camps const& CampHistory::update(Camps found)
{
    constexpr uint8_t runs_to_move = 3;
    if (now_.count() == found.count())
        keep_labels(found, now_.of_voter);
    else
        now_ = {}, doubts_.clear();
    doubts_.resize(found.of_voter.size());
    for (size_t voter = 0; voter < now_.of_voter.size(); ++voter) {
        int8_t& camp = found.of_voter[voter];
        int8_t const before = now_.of_voter[voter];
        Doubt& doubt = doubts_[voter];
        if (before == no_camp || camp == no_camp || camp == before) {
            doubt = {};
            continue;
        }
        doubt.runs = doubt.camp == camp ? uint8_t(doubt.runs + 1) : uint8_t(1);
        doubt.camp = camp;
        if (doubt.runs < runs_to_move) {
            --found.sizes[size_t(camp)];
            camp = before;
            ++found.sizes[size_t(camp)];
        } else {
            doubt = {};
        }
    }
    now_ = std::move(found);
    return now_;
}

}  // namespace parley::ranking
