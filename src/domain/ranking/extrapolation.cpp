#include "domain/ranking/extrapolation.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

Place operator-(Place const& a, Place const& b) { return { a.intercept - b.intercept, a.factor - b.factor }; }
double dot(Place const& a, Place const& b) { return a.intercept * b.intercept + a.factor * b.factor; }

// What the least squares need of one stretch of the vectors, and of all of them.
struct Products {
    std::array<std::array<double, Extrapolation::depth>, Extrapolation::depth> of_differences {};
    std::array<double, Extrapolation::depth> with_residual {};
    double images = 0, points = 0;  // squared lengths of the newest differences

    void add(Products const& more)
    {
        for (size_t a = 0; a < Extrapolation::depth; ++a) {
            for (size_t b = 0; b <= a; ++b)
                of_differences[a][b] += more.of_differences[a][b];
            with_residual[a] += more.with_residual[a];
        }
        images += more.images;
        points += more.points;
    }
};

// Solves the normal equations by Cholesky's method, a little pulled towards 0 so that differences that nearly repeat each
// other do no harm. False where they do all the same.
bool solve(Products& products, size_t count, std::array<double, Extrapolation::depth>& weights)
{
    auto& lower = products.of_differences;
    double largest = 0;
    for (size_t a = 0; a < count; ++a)
        largest = std::max(largest, lower[a][a]);
    for (size_t a = 0; a < count; ++a) {
        lower[a][a] += 1e-12 * largest;
        for (size_t b = 0; b <= a; ++b) {
            for (size_t k = 0; k < b; ++k)
                lower[a][b] -= lower[a][k] * lower[b][k];
            if (a != b)
                lower[a][b] /= lower[b][b];
            else if (!(lower[a][a] > 0))
                return false;
            else
                lower[a][a] = std::sqrt(lower[a][a]);
        }
    }
    weights = products.with_residual;
    for (size_t a = 0; a < count; ++a) {
        for (size_t k = 0; k < a; ++k)
            weights[a] -= lower[a][k] * weights[k];
        weights[a] /= lower[a][a];
    }
    for (size_t a = count; a-- > 0;) {
        for (size_t k = a + 1; k < count; ++k)
            weights[a] -= lower[k][a] * weights[k];
        weights[a] /= lower[a][a];
    }
    return true;
}

}  // namespace

void Extrapolation::next(std::span<Place const> point, std::span<Place> image, Crew& crew)
{
    constexpr size_t stretch = 8'192;
    size_t const size = point.size(), parts = (size + stretch - 1) / stretch;
    bool const has_difference = has_last_;
    last_image_.resize(size);
    last_residual_.resize(size);
    if (has_difference) {
        newest_ = (newest_ + 1) % depth;
        kept_ = std::min(kept_ + 1, depth);
        kept_differences_[newest_].of_images.resize(size);
        kept_differences_[newest_].of_residuals.resize(size);
    }
    std::array<Difference*, depth> differences {};
    for (size_t a = 0; a < kept_; ++a)
        differences[a] = &kept_differences_[(newest_ + depth - a) % depth];
    std::vector<Products> of_parts(parts);
    crew.run(parts, [&](size_t part) {
        Products& sums = of_parts[part];
        std::array<Place*, depth> of_residuals {};
        for (size_t a = 0; a < kept_; ++a)
            of_residuals[a] = differences[a]->of_residuals.data();
        Place* const of_images = has_difference ? differences[0]->of_images.data() : nullptr;
        Place *const last_image = last_image_.data(), *const last_residual = last_residual_.data(), *const images = image.data();
        Place const* const points = point.data();
        for (size_t at = part * stretch, end = std::min(size, at + stretch); at < end; ++at) {
            Place const residual = images[at] - points[at];
            if (has_difference) {
                Place const of_image = images[at] - last_image[at], of_residual = residual - last_residual[at];
                of_images[at] = of_image;
                of_residuals[0][at] = of_residual;
                sums.images += dot(of_image, of_image);
                sums.points += dot(of_image - of_residual, of_image - of_residual);
            }
            last_image[at] = images[at];
            last_residual[at] = residual;
            for (size_t a = 0; a < kept_; ++a) {
                Place const of_residual = of_residuals[a][at];
                sums.with_residual[a] += dot(of_residual, residual);
                for (size_t b = 0; b <= a; ++b)
                    sums.of_differences[a][b] += dot(of_residual, of_residuals[b][at]);
            }
        }
    });
    has_last_ = true;
    if (!has_difference)
        return;
    Products sums;
    for (Products const& part : of_parts)
        sums.add(part);
    differences[0]->contraction = sums.points > 0 ? std::sqrt(sums.images / sums.points) : 0;
    std::array<double, depth> weights {};
    if (!solve(sums, kept_, weights))
        return forget();
    crew.run(parts, [&](size_t part) {
        for (size_t a = 0; a < kept_; ++a) {
            Place const* const of_images = differences[a]->of_images.data();
            Place* const images = image.data();
            for (size_t at = part * stretch, end = std::min(size, at + stretch); at < end; ++at)
                images[at] = images[at] - Place { weights[a] * of_images[at].intercept, weights[a] * of_images[at].factor };
        }
    });
}

double Extrapolation::contraction() const
{
    double largest = 0;
    for (size_t a = 0; a < kept_; ++a)
        largest = std::max(largest, kept_differences_[(newest_ + depth - a) % depth].contraction);
    return largest;
}

}  // namespace parley::ranking
